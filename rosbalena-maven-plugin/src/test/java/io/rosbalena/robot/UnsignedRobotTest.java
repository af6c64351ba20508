package io.rosbalena.robot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rosbalena.finding.FindingException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Robots with packages of an archive that nobody vouches for. */
class UnsignedRobotTest {
    @TempDir
    private Path folder;

    @Test
    void theLockSaysSoAndItsDifferenceBeginsWithIt() throws Exception {
        SmallRobot robot = SmallRobot.in(folder);
        robot.lock();
        assertThat(robot.said()).anyMatch(line -> line.matches("new archive Debian/.*, signed by [0-9A-F]{40}"));
        robot.archive().deb("hello", "2.0-1", "amd64");
        robot.publish();
        Files.delete(robot.archive().dists().resolve("InRelease"));

        FindingException refused = catchThrowableOfType(FindingException.class, robot::lock);
        assertThat(refused)
                .hasMessageContaining("<allowUnsigned>" + robot.archive().uri() + "</allowUnsigned>");

        robot.allowUnsigned(robot.archive().uri().toString()).lock();
        assertThat(robot.file("rosbalena.lock"))
                .content()
                .contains("component: main, key: unsigned, keyExpires: never");
        assertThat(robot.said()).anyMatch(line -> line.startsWith("robot.sources:1: warning RB253"));
        assertThat(robot.said().stream().filter(line -> line.contains(" -> ")).findFirst())
                .get()
                .asString()
                .matches("archive Debian/Debian/bookworm/main is no longer signed: [0-9A-F]{40} -> unsigned");
        robot.build();

        robot.allowUnsigned();
        assertThat(catchThrowableOfType(FindingException.class, robot::build)).hasMessageContaining("RB204");
    }

    @Test
    void anArchiveIsNamedByItsUriSinceAnybodyCanSayAnOrigin() throws Exception {
        SmallRobot robot = SmallRobot.in(folder).allowUnsigned("Debian");

        assertThat(catchThrowableOfType(FindingException.class, robot::lock)).hasMessageContaining("RB255");
    }
}
