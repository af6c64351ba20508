package io.rosbalena.robot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rosbalena.RealTool;
import io.rosbalena.finding.FindingException;
import io.rosbalena.registry.LocalRegistry;
import io.rosbalena.signing.KeyOnDisk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Building with engines that take what is on this machine. */
class EnginesTest {
    private static final Map<String, String> DISTRIBUTION =
            Map.of("PATH", "/usr/sbin:/usr/bin:/sbin:/bin", "PYTHONPATH", "");

    @TempDir
    private Path folder;

    private SmallRobot robot;

    @BeforeEach
    void makeARobot() throws Exception {
        robot = ListeningRobot.in(folder);
        for (String name : new String[] {"talker", "listener"}) {
            robot.write("src/" + name + "/CMakeLists.txt", """
                    cmake_minimum_required(VERSION 3.16)
                    project(%s NONE)
                    find_package(ament_cmake REQUIRED)
                    install(FILES package.xml DESTINATION share/%1$s/words)
                    ament_package()
                    """.formatted(name));
        }
    }

    private void colcon(String... options) throws Exception {
        RealTool.require("colcon", "cmake");
        Assumptions.assumeTrue(
                Files.isDirectory(Path.of("/usr/share/ament_cmake")), "skipped: ament-cmake is not installed");
        String[] command = new String[options.length + 2];
        command[0] = "colcon";
        command[1] = "build";
        System.arraycopy(options, 0, command, 2, options.length);
        RealTool.run(robot.file("."), DISTRIBUTION, command);
    }

    private String report() throws Exception {
        return Files.readString(robot.file("target/rosbalena/build.json"));
    }

    @Test
    void whatColconHasInstalledIsTaken() throws Exception {
        colcon();
        robot.engine("prebuilt").build();

        assertThat(robot.said()).contains("took 2 packages from install as they are, without looking at their sources");
        assertThat(report()).contains("\"hermetic\": false");

        robot.build();
        assertThat(robot.said()).anyMatch(line -> line.startsWith("nothing changed"));

        Files.writeString(robot.file("install/talker/share/talker/words/more"), "x");
        String before = report();
        robot.build();
        assertThat(report()).isNotEqualTo(before);
    }

    @Test
    void resultsThatDependOnThisMachineAreNeverGivenToTheCache() throws Exception {
        colcon();
        try (LocalRegistry registry = LocalRegistry.open(folder)) {
            KeyOnDisk key = KeyOnDisk.make(folder, "ci");
            robot.cache(registry.host() + "/cache").cacheKeys(key.pem()).signingWith(key.file());
            robot.engine("prebuilt").build();
            assertThat(report()).contains("\"hermetic\": false");
            assertThat(registry.raw("/v2/cache/tags/list", "*/*")).asString().contains("rosbalena-");
            assertThat(new SignedTags(registry, "cache").all()).isEmpty();
        }
    }

    @Test
    void oneSwitchKeepsWhatOnlyACompileReads() throws Exception {
        RealTool.require("umoci");
        colcon();
        robot.engine("prebuilt");
        Path lean = unpacked(robot, "lean");
        Path whole = unpacked(robot.wholeTrees(), "whole");

        Path share = Path.of("ros2_ws/install/talker/share/talker");
        assertThat(lean.resolve(share).resolve("local_setup.bash")).exists();
        assertThat(lean.resolve(share).resolve("cmake")).doesNotExist();
        assertThat(whole.resolve(share).resolve("cmake/talkerConfig.cmake")).exists();
        // The texts differ in the folder that they name.
        assertThat(names(whole.resolve("ros2_ws/install/talker"))).isEqualTo(names(robot.file("install/talker")));
    }

    private String names(Path below) throws Exception {
        return RealTool.run(below, "sh", "-c", "find . -type f -o -type l | sort");
    }

    private Path unpacked(SmallRobot built, String name) throws Exception {
        built.build();
        RealTool.run(
                folder,
                "umoci",
                "unpack",
                "--rootless",
                "--image",
                built.file("target/rosbalena/images") + ":chat",
                name);
        return folder.resolve(name).resolve("rootfs");
    }

    @Test
    void thatThereIsNoBuildRootForACompilerCacheIsTold() throws Exception {
        colcon();
        robot.engine("prebuilt").ccache(true).build();
        assertThat(robot.said()).filteredOn(line -> line.contains("RB425")).hasSize(1);
    }

    @Test
    void whatLacksIsToldBeforeAnythingIsFetched() throws Exception {
        colcon("--packages-select", "listener");
        FindingException e = catchThrowableOfType(
                FindingException.class, () -> robot.engine("prebuilt").build());

        assertThat(e.getMessage()).contains("RB472", "lacks packages of the workspace: talker");
    }

    @Test
    void enginesOfThisMachineAreRefusedWhereTheLockIsToAnswer() {
        for (String engine : new String[] {"host", "prebuilt"}) {
            FindingException e = catchThrowableOfType(
                    FindingException.class, () -> robot.engine(engine).locked().build());
            assertThat(e.getMessage()).contains("RB474", "the engine " + engine, "rosbalena.locked");
        }
    }

    @Test
    void compilesAreComparedOnlyWhereThereIsALockedRoot() {
        for (String engine : new String[] {"host", "prebuilt"}) {
            FindingException e = catchThrowableOfType(
                    FindingException.class,
                    () -> robot.engine(engine).verifyReproducible("true").build());
            assertThat(e.getMessage()).contains("RB417", "the engine " + engine + " has none");
        }
    }

    @Test
    void aPackageThatIsNotCompiledCannotBeCompared() {
        FindingException e = catchThrowableOfType(
                FindingException.class,
                () -> robot.verifyReproducible("talker", "walker").build());

        assertThat(e.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.print())
                        .contains(
                                "RB417 verifyReproducible names walker,", "write true, or some of: listener, talker"));
    }

    @Test
    void anUnknownEngineIsToldWithThoseThatAre() {
        FindingException e = catchThrowableOfType(
                FindingException.class, () -> robot.engine("vm").build());

        assertThat(e.getMessage()).contains("RB739", "there is no engine vm", "auto, root, host, container, prebuilt");
    }
}
