package io.rosbalena.apt.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.RealTool;
import io.rosbalena.apt.deb.PathRewrite;
import io.rosbalena.apt.deb.SmallDeb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands in dpkg's database for packages that were pruned, before apt and dpkg themselves. */
class PlaceholderTest {
    @TempDir
    private Path folder;

    private DebFacts deb(String name, String depends) throws IOException {
        return SmallFacts.of(new SmallDeb(folder, """
                Package: %s
                Version: 1.0-1
                Architecture: amd64
                Maintainer: A Person <person@example.org>
                Depends: %s
                Description: a package
                """.formatted(name, depends)));
    }

    /** The database of these packages in a folder of its own. */
    private Path database(SortedMap<String, String> pruned, DebFacts... packages) throws IOException {
        PlatformState state = PlatformState.of(new PlatformInput(
                "amd64",
                List.of(packages),
                pruned,
                Set.of(),
                PathRewrite.DEBIAN,
                new DpkgDatabaseTest.MapBase(Map.of("/var/lib/dpkg/status", """
                        Package: in-base
                        Status: install ok installed
                        Maintainer: A Person <person@example.org>
                        Architecture: amd64
                        Version: 7
                        Description: a package of the base
                        """)),
                UnknownScripts.WARN,
                new TreeMap<>()));
        Path root = Files.createTempDirectory(folder, "root");
        for (var entry : state.tree().entries()) {
            Path place = root.resolve(entry.path().text());
            if (entry.isDirectory()) {
                Files.createDirectories(place);
            } else if (entry.isFile()) {
                Files.createDirectories(place.getParent());
                Files.write(place, entry.content().bytes());
            }
        }
        Path info = Files.createDirectories(root.resolve("var/lib/dpkg/info"));
        Files.createDirectories(root.resolve("var/lib/dpkg/updates"));
        for (String name : names(packages)) {
            Files.writeString(info.resolve(name + ".list"), "/.\n");
            Files.writeString(info.resolve(name + ".md5sums"), "");
        }
        return root.resolve("var/lib/dpkg");
    }

    private static List<String> names(DebFacts... packages) {
        List<String> names = new ArrayList<>(List.of("in-base"));
        List.of(packages).forEach(one -> names.add(one.name()));
        return names;
    }

    private String aptCheck(Path database) throws IOException {
        Path lists = Files.createDirectories(folder.resolve("lists/partial"));
        return RealTool.run(
                folder,
                "apt-get",
                "check",
                "-o",
                "Dir::State::status=" + database.resolve("status"),
                "-o",
                "Dir::State::lists=" + lists.getParent(),
                "-o",
                "Dir::Cache=" + folder,
                "-o",
                "APT::Architecture=amd64",
                "-o",
                "Debug::NoLocking=true");
    }

    @Test
    void aptFindsEveryDependencyMetAndDpkgNothingToAudit() throws Exception {
        RealTool.require("apt-get", "dpkg");
        DebFacts[] packages = {
            deb("nav", "cmake (>= 3.1), libgraph1, in-base (>= 7), perl:any"),
            deb("libgraph1", "c-compiler | gcc (>= 4:12), virtual-thing (= 2), plain-virtual"),
        };
        SortedMap<String, String> pruned = new TreeMap<>(
                Map.of("cmake", "3.25.1-1", "perl", "5.36.0-7", "gcc", "4:12.2.0-3", "provider", "9", "unneeded", "1"));
        Path database = database(pruned, packages);

        aptCheck(database);
        assertThat(RealTool.run(folder, "dpkg", "--admindir=" + database, "--audit"))
                .isEmpty();
        assertThat(Files.readString(database.resolve("status")))
                .contains("Provides: cmake (= 3.25.1-1), gcc (= 4:12.2.0-3), perl (= 5.36.0-7), plain-virtual,"
                        + " virtual-thing (= 2)\n")
                .doesNotContain("unneeded");
    }

    @Test
    void aptWouldComplainWithoutIt() throws Exception {
        RealTool.require("apt-get", "dpkg");
        Path database = database(new TreeMap<>(), deb("nav", "cmake (>= 3.1)"));

        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> aptCheck(database)))
                .hasMessageContaining("cmake");
    }

    @Test
    void whereNothingIsMissedThereIsNone() throws Exception {
        Path database = database(new TreeMap<>(Map.of("cmake", "3")), deb("nav", "in-base"));

        assertThat(Files.readString(database.resolve("status"))).doesNotContain("rosbalena");
        assertThat(database.resolve("info/rosbalena-pruned.list")).doesNotExist();
    }
}
