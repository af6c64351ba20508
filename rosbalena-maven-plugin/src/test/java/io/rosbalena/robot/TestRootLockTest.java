package io.rosbalena.robot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rosbalena.finding.FindingException;
import io.rosbalena.lock.Lock;
import io.rosbalena.lock.LockFile;
import io.rosbalena.lock.LockedPackage;
import io.rosbalena.lock.LockedPlatform;
import io.rosbalena.robot.locking.Locking;
import io.rosbalena.robot.project.Robot;
import io.rosbalena.robot.surroundings.Surroundings;
import io.rosbalena.store.BlobStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a lock says of the root that tests run in. */
class TestRootLockTest {
    @TempDir
    private Path folder;

    private SmallRobot robot;

    @BeforeEach
    void makeARobotWithTests() throws IOException {
        robot = ListeningRobot.in(folder);
        robot.archive()
                .deb("python3-pytest", "7", "all")
                .deb("libgtest-dev", "1.12", "amd64", "Depends: libhello1")
                .deb("simulator", "1", "amd64");
        robot.publish()
                .write("base.yaml", """
                        hello: {debian: [hello]}
                        eigen: {debian: [libeigen3-dev]}
                        ament_cmake: {debian: [ament]}
                        builtin: {debian: []}
                        gtest: {debian: [libgtest-dev]}
                        simulator: {debian: [simulator]}
                        """)
                .write("src/listener/package.xml", ListeningRobot.MANIFEST.formatted("listener", """
                                <exec_depend>rclcpp</exec_depend>
                                  <test_depend>gtest</test_depend>
                                  <test_depend condition="$ROS_VERSION == 1">nowhere</test_depend>"""))
                // In no service: it is there to test the others.
                .write("src/checks/package.xml", ListeningRobot.MANIFEST.formatted("checks", """
                                <test_depend>talker</test_depend>
                                  <exec_depend>simulator</exec_depend>"""));
    }

    private LockFile lockWithTests() throws IOException, InterruptedException {
        robot.said().clear();
        Surroundings surroundings = robot.surroundings();
        return Locking.currentWithTests(Robot.read(robot.robotProject(), surroundings.store()), surroundings);
    }

    private Lock lock() throws IOException {
        return LockFile.read(robot.file("rosbalena.lock"), "rosbalena.lock")
                .orElseThrow()
                .lock();
    }

    @Test
    void aLockHasNoTestRootUntilSomebodyTestsAndThenOnlyThatIsAdded() throws Exception {
        robot.lock();
        LockedPlatform before = lock().platforms().get("linux/amd64");
        assertThat(before.sets()).doesNotContainKey(LockedPlatform.TEST);
        robot.archive().deb("libhello1", "1.1-1", "amd64").deb("hello", "1.1-1", "amd64", "Depends: libhello1");
        robot.publish();

        lockWithTests();

        assertThat(robot.said()).contains("commit rosbalena.lock").anyMatch(line -> line.contains("+ libgtest-dev"));
        LockedPlatform after = lock().platforms().get("linux/amd64");
        assertThat(robot.packages(LockedPlatform.TEST))
                .contains("ament", "cmake", "hello", "libgtest-dev", "libhello1", "python3-pytest", "simulator")
                .contains("ros-humble-rclcpp", "libeigen3-dev");
        TreeMap<String, List<String>> others = new TreeMap<>(after.sets());
        others.remove(LockedPlatform.TEST);
        assertThat(others).isEqualTo(before.sets());
        assertThat(after.packages()).containsAll(before.packages());
        List<LockedPackage> added = after.packages().stream()
                .filter(one -> !before.packages().contains(one))
                .toList();
        assertThat(added)
                .allMatch(one -> one.layer().equals(LockedPackage.NO_LAYER))
                .extracting(LockedPackage::name)
                .containsExactlyInAnyOrder("libgtest-dev", "python3-pytest", "simulator");
        BlobStore store = robot.surroundings().store();
        assertThat(added).noneMatch(one -> store.has(one.sha256()));
    }

    @Test
    void theTestRootStaysWhenTheRestIsLockedAnewAndIsAskedForOnlyByTests() throws Exception {
        lockWithTests();
        byte[] written = Files.readAllBytes(robot.file("rosbalena.lock"));
        robot.lock();
        assertThat(Files.readAllBytes(robot.file("rosbalena.lock"))).isEqualTo(written);

        robot.write("src/checks/package.xml", ListeningRobot.MANIFEST.formatted("checks", ""));
        Surroundings surroundings = robot.surroundings();
        Locking.current(Robot.read(robot.robotProject(), surroundings.store()), surroundings);
        assertThat(Files.readAllBytes(robot.file("rosbalena.lock"))).isEqualTo(written);
        lockWithTests();
        assertThat(robot.packages(LockedPlatform.TEST)).contains("libgtest-dev").doesNotContain("simulator");
    }

    @Test
    void aLockedProjectIsToldWhatItsTestsLack() throws Exception {
        robot.lock();
        byte[] written = Files.readAllBytes(robot.file("rosbalena.lock"));
        robot.locked();
        FindingException e = catchThrowableOfType(FindingException.class, this::lockWithTests);
        assertThat(e.getMessage())
                .contains("RB303 the lock does not answer what the project and its tests ask now", "+ libgtest-dev")
                .contains("run mvn rosbalena:test without -Drosbalena.locked");
        assertThat(Files.readAllBytes(robot.file("rosbalena.lock"))).isEqualTo(written);
    }
}
