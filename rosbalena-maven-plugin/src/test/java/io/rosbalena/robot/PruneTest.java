package io.rosbalena.robot;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.RealTool;
import io.rosbalena.robot.resolving.ResolveFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only who compiles needs, and where it goes. */
class PruneTest {
    @TempDir
    private Path folder;

    private SmallRobot robot;

    @BeforeEach
    void aPackageThatNeedsDevelopmentFiles() throws Exception {
        robot = SmallRobot.in(folder);
        robot.archive()
                .deb("rolling", "1", "amd64", "Depends: libbig-dev, cmake (>= 3), libhello1")
                .deb("libbig-dev", "1", "amd64", "Section: libdevel", "Installed-Size: 5000", "Depends: libbig1")
                .deb("libbig1", "1", "amd64", "Section: libs")
                .deb("cmake", "3.25", "amd64", "Section: devel", "Installed-Size: 20000", "Depends: cmake-data")
                .deb("cmake-data", "3.25", "all", "Section: devel")
                .debWith(
                        Map.of("usr/lib/python3/dist-packages/cythonic/__init__.py", ""),
                        "cythonic",
                        "1",
                        "all",
                        "Section: devel")
                .debWith(
                        Map.of("usr/lib/python3/dist-packages/calc.py", "try:\n  import cythonic\nexcept: pass\n"),
                        "calc",
                        "1",
                        "all",
                        "Section: python",
                        "Depends: cythonic, cmake");
        robot.publish();
        services("rolling");
    }

    private void services(String apt) throws Exception {
        robot.write("docker-compose.yml", """
                services:
                  talker:
                    command: [hello]
                    x-rosbalena:
                      apt: [%s]
                """.formatted(apt));
    }

    @Test
    void theImageDoesWithoutAndTheLockSaysSo() throws Exception {
        robot.lock();

        assertThat(robot.packages("talker"))
                .contains("rolling", "libbig1", "libhello1")
                .doesNotContain("libbig-dev", "cmake", "cmake-data");
        assertThat(Files.readString(robot.file("rosbalena.lock")))
                .contains("    pruned:\n      talker: [cmake, cmake-data, libbig-dev]\n");
        assertThat(robot.said())
                .anyMatch(line -> line.matches("pruned talker: 8 packages, .* -> 5 packages, .* to download"))
                .anyMatch(line -> line.equals("  without cmake, 20.5 MB: rolling -> cmake"))
                .anyMatch(line -> line.startsWith("  without libbig-dev, 5.1 MB: rolling -> libbig-dev"));
        robot.build();
        assertThat(robot.said()).noneMatch(line -> line.contains("pruned"));
    }

    @Test
    void aBuildFromTheLockFetchesNothingOfIt() throws Exception {
        robot.build();
        try (Stream<Path> debs = Files.walk(robot.archive().root())) {
            debs.filter(file -> file.getFileName().toString().matches("cmake.*\\.deb"))
                    .forEach(file -> assertThat(file.toFile().delete()).isTrue());
        }
        robot.store(folder.resolve("another store")).locked().build();

        assertThat(robot.said()).noneMatch(line -> line.contains("cmake"));
    }

    @Test
    void oneSwitchKeepsEverything() throws Exception {
        robot.lock();
        robot.prune(false).build();

        assertThat(robot.packages("talker")).contains("libbig-dev", "cmake", "cmake-data");
        assertThat(Files.readString(robot.file("rosbalena.lock"))).contains("    pruned: {}\n");
    }

    @Test
    void theManifestKeepsWhatItNames() throws Exception {
        services("rolling, cmake");
        robot.lock();

        assertThat(robot.packages("talker")).contains("cmake", "cmake-data").doesNotContain("libbig-dev");
    }

    @Test
    void whatPythonCodeImportsComesBack() throws Exception {
        services("calc");
        robot.lock();

        assertThat(robot.packages("talker")).contains("cythonic").doesNotContain("cmake");
        assertThat(robot.said()).contains("  with cythonic, since calc imports cythonic");
    }

    /** Before dpkg itself, which verifies what its lists name. */
    @Test
    void withoutDocumentationDpkgFindsNothingMissing() throws Exception {
        RealTool.require("umoci", "dpkg");
        robot.archive()
                .debWith(
                        Map.of(
                                "usr/share/doc/talkative/README", "much",
                                "usr/share/man/man1/talkative.1", "more",
                                "usr/share/locale/de/LC_MESSAGES/talkative.mo", "mehr",
                                "usr/bin/talkative", "x",
                                "DEBIAN/md5sums", """
                                        1a19d8a97a4f0a0a0f7f2a1a0c6d1a2b  usr/share/doc/talkative/README
                                        9dd4e461268c8034f5c8564e155c67a6  usr/bin/talkative
                                        """),
                        "talkative",
                        "1",
                        "amd64");
        robot.publish();
        services("hello, talkative");
        Path with = unpacked("with");
        robot.pruneDocs();
        Path without = unpacked("without");

        assertThat(with.resolve("usr/share/man/man1/talkative.1")).exists();
        assertThat(without.resolve("usr/share/man/man1")).doesNotExist();
        assertThat(without.resolve("usr/share/doc/talkative/README")).doesNotExist();
        assertThat(without.resolve("usr/share/locale/de")).doesNotExist();
        assertThat(without.resolve("usr/share/doc/talkative/copyright")).exists();
        assertThat(without.resolve("usr/bin/talkative")).exists();
        String root = "--root=" + without;
        assertThat(RealTool.run(folder, "dpkg", root, "--verify")).isEmpty();
        assertThat(RealTool.run(folder, "dpkg", root, "--audit")).isEmpty();
        assertThat(RealTool.run(folder, "dpkg", root, "-L", "talkative"))
                .contains("/usr/bin/talkative", "/usr/share/doc/talkative/copyright")
                .doesNotContain("README", "man1", "locale/de");
        assertThat(without.resolve("var/lib/dpkg/info/talkative.md5sums"))
                .hasContent("9dd4e461268c8034f5c8564e155c67a6  usr/bin/talkative\n");
    }

    private Path unpacked(String name) throws Exception {
        robot.build();
        RealTool.run(
                folder,
                "umoci",
                "unpack",
                "--rootless",
                "--image",
                robot.file("target/rosbalena/images") + ":talker",
                name);
        return folder.resolve(name).resolve("rootfs");
    }

    @Test
    void chainsLeadThroughIt() throws Exception {
        robot.lock();

        List<String> why =
                robot.resolve(ResolveFormat.TREE, Optional.of("libbig1")).lines();
        assertThat(why).anyMatch(line -> line.contains("-> libbig-dev  (Depends: libbig-dev)"));
        assertThat(robot.resolve(ResolveFormat.TREE, Optional.of("cmake")).lines())
                .anyMatch(line -> line.contains("cmake 3.25, left out of the image by prune"));
    }
}
