package io.rosbalena.robot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.lock.LockFile;
import io.rosbalena.lock.LockedPlatform;
import io.rosbalena.lock.LockedWheel;
import io.rosbalena.robot.resolving.ResolveFormat;
import io.rosbalena.wheel.IndexOnDisk;
import io.rosbalena.wheel.WheelOnDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys whose rules ask pip: which wheels the lock pins, and what is said where none can be had. */
class PipKeysTest {
    @TempDir
    private Path folder;

    private SmallRobot robot;
    private IndexOnDisk index;

    @BeforeEach
    void makeARobotWithPipKeys() throws IOException {
        robot = ListeningRobot.in(folder);
        robot.archive()
                .deb("libc6", "2.36-9+deb12u1", "amd64")
                .deb("python3-minimal", "3.11.2-1+b1", "amd64")
                .deb("python3.11-minimal", "3.11.2-6+deb12u2", "amd64")
                .deb(
                        "python3",
                        "3.11.2-1+b1",
                        "amd64",
                        "Depends: libc6, python3-minimal, python3.11-minimal, python3-known")
                .debWith(
                        Map.of("usr/lib/python3/dist-packages/Known_One-1.4.dist-info/METADATA", "Name: Known-One\n"),
                        "python3-known",
                        "1.4-1",
                        "all");
        robot.publish();
        index = IndexOnDisk.in(folder.resolve("index"));
        robot.pipIndexes(index.uri());
        key("[arm-driver]");
    }

    /** The rule of the key that the package listener asks for. */
    private void key(String packages) throws IOException {
        robot.write("rosdep/overlay.yaml", "arm_pip:\n  debian:\n    pip:\n      packages: " + packages + "\n");
        String manifest = Files.readString(robot.file("src/listener/package.xml"));
        if (!manifest.contains("arm_pip")) {
            robot.write(
                    "src/listener/package.xml",
                    manifest.replace("</package>", "  <exec_depend>arm_pip</exec_depend>\n</package>"));
        }
    }

    private LockedPlatform locked() throws IOException {
        return LockFile.read(robot.file("rosbalena.lock"), "rosbalena.lock")
                .orElseThrow()
                .lock()
                .platforms()
                .get("linux/amd64");
    }

    private List<String> wheels(String set) throws IOException {
        return locked().wheels(set).stream().map(LockedWheel::filename).toList();
    }

    private Finding refused() {
        FindingException e = catchThrowableOfType(FindingException.class, robot::lock);
        assertThat(e).isNotNull();
        assertThat(e.findings()).hasSize(1).allMatch(finding -> finding.fix().isPresent());
        return e.findings().get(0);
    }

    @Test
    void theBestWheelsForThePythonOfTheImage() throws Exception {
        index.wheel(WheelOnDisk.of("arm_driver", "1.0"))
                .wheel(WheelOnDisk.of("arm_driver", "1.2", "bus>=2", "gui; extra == 'window'", "known-one>=1.2"))
                .wheel(WheelOnDisk.of("arm_driver", "1.3"), "data-requires-python='&gt;=3.12'")
                .wheel(WheelOnDisk.of("arm_driver", "2.0rc1"))
                .wheel(WheelOnDisk.of("bus", "2.1"))
                .wheel(WheelOnDisk.of("bus", "2.1").tag("cp311-cp311-manylinux_2_28_x86_64"))
                .wheel(WheelOnDisk.of("bus", "2.1").tag("cp311-cp311-manylinux_2_38_x86_64"))
                .wheel(WheelOnDisk.of("bus", "2.1").tag("cp311-cp311-manylinux_2_28_aarch64"))
                .wheel(WheelOnDisk.of("bus", "2.2").tag("cp312-cp312-manylinux_2_28_x86_64"));
        robot.lock();

        assertThat(wheels("chat"))
                .containsExactly("arm_driver-1.2-py3-none-any.whl", "bus-2.1-cp311-cp311-manylinux_2_28_x86_64.whl");
        assertThat(wheels(LockedPlatform.BUILD)).isEqualTo(wheels("chat"));
        assertThat(robot.packages("chat")).contains("python3");
        assertThat(Files.readString(robot.file("rosbalena.lock"))).doesNotContain(folder.toString());
    }

    @Test
    void aBuildKeepsWhatIsLockedAndLockingFollows() throws Exception {
        index.wheel(WheelOnDisk.of("arm_driver", "1.0"));
        robot.lock();
        index.wheel(WheelOnDisk.of("arm_driver", "1.1"));
        index.wheel(WheelOnDisk.of("another", "1"));
        key("[arm-driver, another]");
        robot.resolve(ResolveFormat.TREE, Optional.empty());
        assertThat(wheels("chat")).containsExactly("another-1-py3-none-any.whl", "arm_driver-1.0-py3-none-any.whl");
        robot.lock();
        assertThat(wheels("chat")).containsExactly("another-1-py3-none-any.whl", "arm_driver-1.1-py3-none-any.whl");
        assertThat(robot.said())
                .anyMatch(line -> line.matches("linux/amd64: wheel arm-driver 1\\.0 -> 1\\.1, [0-9]+ B -> [0-9]+ B"));
    }

    @Test
    void theTreeAndTheChainsHaveWheels() throws Exception {
        key("['arm-driver[window]']");
        index.wheel(WheelOnDisk.of("arm_driver", "1.2", "bus>=2", "gui; extra == 'window'", "other; extra == 'more'"))
                .wheel(WheelOnDisk.of("gui", "3", "bus<9"))
                .wheel(WheelOnDisk.of("bus", "2.1"));
        robot.lock();
        robot.offline().pipIndexes();

        assertThat(robot.resolve(ResolveFormat.TREE, Optional.empty(), "chat").lines())
                .anyMatch(line -> line.matches("    arm_pip  \\(src/listener/package.xml:[0-9]+\\) -> "
                        + "rosdep/overlay.yaml:[0-9]+ -> wheel arm-driver\\[window\\] 1.2, [0-9.]+ k?B"))
                .anyMatch(line -> line.startsWith("    wheel gui 3, "));
        assertThat(robot.resolve(ResolveFormat.TREE, Optional.of("Bus"), "chat").lines().stream()
                        .filter(line -> line.contains("wheel") && line.contains("->")))
                .containsExactly(
                        "    -> wheel arm-driver  (rosdep/overlay.yaml:4)",
                        "    -> wheel bus  (Requires-Dist: bus>=2)",
                        "    -> wheel arm-driver  (rosdep/overlay.yaml:4)",
                        "    -> wheel gui  (Requires-Dist: gui)",
                        "    -> wheel bus  (Requires-Dist: bus<9)");
        assertThat(robot.resolve(ResolveFormat.APT, Optional.empty(), "chat").notes())
                .contains("arm-driver 1.2 is a Python wheel and no Debian package: pip brings it to a machine");
    }

    @Test
    void aWheelThatHidesADebianPackageIsTold() throws Exception {
        index.wheel(WheelOnDisk.of("arm_driver", "1", "known_one>=2")).wheel(WheelOnDisk.of("known_one", "2.0"));
        robot.lock();

        assertThat(wheels("chat")).contains("known_one-2.0-py3-none-any.whl");
        assertThat(robot.said()).anyMatch(line -> line.startsWith("warning RB299 the wheel known-one 2.0 hides 1.4,"));
    }

    @Test
    void filesThatTwoWheelsBring() throws Exception {
        index.wheel(WheelOnDisk.of("arm_driver", "1", "bus")
                        .file("tests/__init__.py", "a")
                        .file("common/__init__.py", "")
                        .metadata("entry_points.txt", "[console_scripts]\ntool = arm:main\n"))
                .wheel(WheelOnDisk.of("bus", "2")
                        .file("tests/__init__.py", "b")
                        .file("common/__init__.py", "")
                        .metadata("entry_points.txt", "[console_scripts]\ntool = bus:main\n"));
        robot.lock();
        assertThat(robot.said().stream().filter(line -> line.contains("RB292")))
                .anyMatch(
                        line -> line.startsWith("warning RB292 the wheels arm-driver 1 and bus 2 bring different files"
                                + " tests/__init__.py, of which that of bus counts"))
                .anyMatch(line -> line.contains("bin/tool"))
                .hasSize(2);
    }

    @Test
    void wheelsThatCannotStandTogether() throws Exception {
        index.wheel(WheelOnDisk.of("arm_driver", "1", "bus").file("shared", "a"))
                .wheel(WheelOnDisk.of("bus", "2").file("shared/b.py", "b"));

        assertThat(refused().print())
                .contains("RB293 the wheels arm-driver 1 and bus 2 cannot stand together: shared is a file of one");
    }

    @Test
    void aProjectThatNobodyHas() {
        assertThat(refused().print())
                .matches("(?s)src/listener/package.xml:[0-9]+: error RB281 no Python project arm-driver was found for "
                        + "arm-driver \\(the rosdep key \"arm_pip\"\\); searched: .*");
    }

    @Test
    void aProjectForOtherMachinesOnly() throws IOException {
        index.wheel(WheelOnDisk.of("arm_driver", "1").tag("cp310-cp310-manylinux_2_17_x86_64"))
                .wheel(WheelOnDisk.of("arm_driver", "2").tag("cp311-cp311-win_amd64"));

        assertThat(refused().print())
                .contains("RB282 nothing answers arm-driver")
                .contains("for Python 3.11.2 on x86_64 there is nothing")
                .contains(
                        "not for this system: arm_driver-1-cp310-cp310-manylinux_2_17_x86_64.whl, arm_driver-2-cp311");
    }

    @Test
    void requirementsThatCannotHoldTogether() throws IOException {
        key("[arm-driver, bus]");
        index.wheel(WheelOnDisk.of("arm_driver", "1", "bus<2"))
                .wheel(WheelOnDisk.of("bus", "2.0"))
                .wheel(WheelOnDisk.of("bus", "2.1"));

        assertThat(refused().print())
                .contains("RB282 nothing answers")
                .contains("bus<2 (arm-driver 1)")
                .contains("there is 2.1, 2.0");
    }

    /** Simple indexes, such as a folder of wheels, tell nothing of Python: the wheels themselves do. */
    @Test
    void aWheelForAnotherPythonIsPassedOver() throws Exception {
        index.wheel(WheelOnDisk.of("arm_driver", "1"))
                .wheel(WheelOnDisk.of("arm_driver", "2").python(">=3.12"));
        robot.lock();
        assertThat(wheels("chat")).containsExactly("arm_driver-1-py3-none-any.whl");

        key("[arm-driver>=2]");
        assertThat(refused().print())
                .contains("RB282 arm-driver 2, asked for by the rosdep key \"arm_pip\", is not for Python 3.11.2");
    }

    /** PEP 592; the version may be spelled in another way than the file. */
    @Test
    void whatWasTakenBackComesOnlyWhereExactlyItIsAskedFor() throws Exception {
        index.wheel(WheelOnDisk.of("arm_driver", "1.0")).wheel(WheelOnDisk.of("arm_driver", "2.0"), "data-yanked=''");
        robot.lock();
        assertThat(wheels("chat")).containsExactly("arm_driver-1.0-py3-none-any.whl");

        key("[arm-driver==2.0.0]");
        robot.lock();
        assertThat(wheels("chat")).containsExactly("arm_driver-2.0-py3-none-any.whl");
    }

    @Test
    void aRuleThatIsNoRequirement() throws IOException {
        key("['git+https://example.org/x.git']");

        assertThat(refused().print())
                .contains("error RB295 the rosdep key \"arm_pip\" asks pip for git+https://example.org/x.git"
                        + " (rosdep/overlay.yaml:4)");
    }

    @Test
    void twoServicesThatNeedTwoVersions() throws IOException {
        robot.write(
                        "src/talker/package.xml",
                        Files.readString(robot.file("src/talker/package.xml"))
                                .replaceAll("\\s*<depend>listener</depend>", "")
                                .replace("</package>", "  <exec_depend>other_pip</exec_depend>\n</package>"))
                .write("docker-compose.yml", """
                        services:
                          chat:
                            build: src/talker
                            command: [x]
                          hear:
                            build: src/listener
                            command: [x]
                        """);
        robot.write("rosdep/overlay.yaml", """
                arm_pip: {debian: {pip: {packages: [bus==1]}}}
                other_pip: {debian: {pip: {packages: [bus==2]}}}
                """);
        index.wheel(WheelOnDisk.of("bus", "1")).wheel(WheelOnDisk.of("bus", "2"));

        FindingException e = catchThrowableOfType(FindingException.class, robot::lock);
        assertThat(e.findings()).extracting(Finding::id).containsOnly("RB282");
        assertThat(e.getMessage())
                .contains("bus==1", "bus==2", "the rosdep key \"arm_pip\"", "the rosdep key \"other_pip\"");
    }

    @Test
    void anIndexThatIsNone() {
        robot.pipIndexes("ftp://user:secret@example.org/simple");

        assertThat(refused().print()).contains("pom.xml: error RB280").doesNotContain("secret");
    }

    @Test
    void aFileThatIsNotWhatTheIndexPromises() throws IOException {
        index.wheel(WheelOnDisk.of("arm_driver", "1"));
        try (Stream<Path> files = Files.list(folder.resolve("index/files"))) {
            Files.writeString(files.findFirst().orElseThrow(), "changed");
        }

        assertThat(refused().print()).contains("RB297 arm_driver-1-py3-none-any.whl is not what its index promises");
        assertThat(robot.file("rosbalena.lock")).doesNotExist();
    }

    @Test
    void aPageWithoutDigests() throws IOException {
        Path page = folder.resolve("index/simple/arm-driver/index.html");
        Files.createDirectories(page.getParent());
        Files.writeString(page, "<a href='arm_driver-1-py3-none-any.whl'>arm_driver-1-py3-none-any.whl</a>");

        assertThat(refused().print()).contains("which gives no SHA-256 for arm_driver-1-py3-none-any.whl");
    }

    @Test
    void withoutNetworkTheLockIsEnough() throws Exception {
        index.wheel(WheelOnDisk.of("arm_driver", "1"));
        robot.lock();
        robot.offline().pipIndexes("https://127.0.0.1:1/simple");

        assertThat(robot.resolve(ResolveFormat.TREE, Optional.of("arm-driver"), "chat")
                        .lines())
                .anyMatch(line -> line.contains("-> wheel arm-driver"));
    }
}
