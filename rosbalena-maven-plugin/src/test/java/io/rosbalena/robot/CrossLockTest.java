package io.rosbalena.robot;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.colcon.BuildRootPackages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the lock holds for compiling on machines of another platform than the robot's. */
class CrossLockTest {
    private static final String COMPILERS = "g++-aarch64-linux-gnu";

    @TempDir
    private Path folder;

    private SmallRobot robot;

    /** A robot with one package in C++, and an archive for two architectures. */
    @BeforeEach
    void makeARobot() throws IOException {
        robot = SmallRobot.in(folder);
        for (String arch : Set.of("amd64", "arm64")) {
            for (String name : BuildRootPackages.forOs("debian", "bookworm", Set.of("ament_cmake"))) {
                robot.archive().deb(name, "1", arch);
            }
        }
        robot.archive()
                .deb("base-files", "12", "arm64", "Essential: yes", "Priority: required")
                .deb("apt", "2.6", "arm64", "Priority: required");
        robot.publish()
                .write("docker-compose.yml", "services:\n  sim:\n    build: src\n    command: [x]\n")
                .write("base.yaml", "ament_cmake: {debian: [cmake]}\n");
        buildType("ament_cmake");
    }

    private void addCompilers() throws IOException {
        robot.archive()
                .deb(COMPILERS, "1", "amd64", "Depends: g++, libc6-dev-arm64-cross")
                .deb("libc6-dev-arm64-cross", "1", "amd64");
        robot.publish();
    }

    private void buildType(String type) throws IOException {
        robot.write("src/sim/package.xml", """
                <package format="3"><name>sim</name><version>1.0.0</version><description>x</description>
                <maintainer email="a@example.org">A</maintainer><license>MIT</license>
                <export><build_type>%s</build_type></export></package>
                """.formatted(type));
    }

    private String lock(String... platforms) throws IOException, InterruptedException {
        robot.platforms(platforms).lock();
        return Files.readString(robot.file("rosbalena.lock"));
    }

    @Test
    void aRobotOfOnePlatformHasNoCrossCompilers() throws Exception {
        addCompilers();
        assertThat(lock("linux/amd64")).doesNotContain("cross", COMPILERS, "linux/arm64");
    }

    @Test
    void theOtherPlatformIsCompiledForWithWhatTheBuildRootLacks() throws Exception {
        addCompilers();
        String lock = lock("linux/amd64", "linux/arm64");

        assertThat(lock).containsOnlyOnce("\"+cross\": [" + COMPILERS + ", libc6-dev-arm64-cross]\n");
        assertThat(lock.indexOf("+cross")).isLessThan(lock.indexOf("linux/arm64:"));
        assertThat(lock).containsPattern("name: " + "g\\+\\+-aarch64-linux-gnu" + ", .*layer: \"-\", auto: no");
        assertThat(lock).containsPattern("name: libc6-dev-arm64-cross, .*layer: \"-\", auto: yes");
    }

    @Test
    void whatHoldsNoMachineCodeNeedsNoCrossCompilers() throws Exception {
        addCompilers();
        buildType("ament_python");
        assertThat(lock("linux/amd64", "linux/arm64")).doesNotContain("cross");
    }

    @Test
    void aRobotOfAnotherPlatformAloneIsCompiledOnX86Machines() throws Exception {
        addCompilers();
        String lock = lock("linux/arm64");

        String compiledOn = lock.substring(lock.indexOf("linux/amd64:"), lock.indexOf("linux/arm64:"));
        assertThat(compiledOn)
                .contains("\"+build\": [", "\"+cross\": [" + COMPILERS)
                .doesNotContain("sim: [");
        assertThat(lock.substring(lock.indexOf("linux/arm64:"))).contains("sim: [");
        assertThat(robot.file("rosbalena.lock")).hasContent(lock("linux/arm64"));
    }

    @Test
    void anArchiveWithoutCompilersLeavesTheRobotToItsOwnMachines() throws Exception {
        assertThat(lock("linux/amd64", "linux/arm64")).doesNotContain("cross");
    }

    @Test
    void compilersThatTheArchiveGetsLaterComeWithTheNextLock() throws Exception {
        lock("linux/amd64", "linux/arm64");
        addCompilers();
        assertThat(lock("linux/amd64", "linux/arm64")).contains("+cross");
    }

    @Test
    void whereNothingCanBeHadForX86MachinesTheLockIsMadeAllTheSame() throws Exception {
        robot.write("base.yaml", "arm_only: {debian: [arm-only]}\n").archive().deb("arm-only", "1", "arm64");
        robot.publish();
        robot.write(
                "src/sim/package.xml",
                Files.readString(robot.file("src/sim/package.xml"))
                        .replace("<export>", "<depend>arm_only</depend><export>"));

        assertThat(lock("linux/arm64")).contains("arm-only").doesNotContain("linux/amd64");
        assertThat(robot.said()).anyMatch(line -> line.contains("RB491") && line.contains("arm-only"));
    }
}
