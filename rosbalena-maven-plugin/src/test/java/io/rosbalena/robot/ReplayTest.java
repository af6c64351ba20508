package io.rosbalena.robot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A signed file of the past stays signed. */
class ReplayTest {
    @TempDir
    private Path folder;

    private SmallRobot robot;
    private Path release;

    @BeforeEach
    void lockARobot() throws Exception {
        robot = SmallRobot.in(folder);
        robot.lock();
        release = robot.archive().dists().resolve("Release");
    }

    private void signedInThePast() throws Exception {
        String text = Files.readString(release);
        List<String> dates =
                text.lines().filter(line -> line.startsWith("Date: ")).toList();
        Files.writeString(release, text.replace(dates.get(0), "Date: Thu, 01 Jan 2026 00:00:00 +0000"));
        robot.archive().sign("good");
    }

    @Test
    void anArchiveDoesNotGoBack() throws Exception {
        String before = Files.readString(robot.file("rosbalena.lock"));
        signedInThePast();

        FindingException e = catchThrowableOfType(FindingException.class, robot::lock);

        assertThat(e.findings()).extracting(Finding::id).containsExactly("RB311");
        assertThat(e.findings().get(0).message())
                .startsWith("the Release file of Debian/Debian/bookworm/main was made at 2026-01-01T00:00:00Z, before");
        assertThat(robot.file("rosbalena.lock")).hasContent(before);
    }

    /** Who has no lock yet cannot know. */
    @Test
    void theFirstLockTakesWhatThereIs() throws Exception {
        signedInThePast();
        Files.delete(robot.file("rosbalena.lock"));

        robot.lock();
    }

    @Test
    void theSameStateIsNoStepBack() throws Exception {
        robot.lock();

        assertThat(robot.said()).contains("rosbalena.lock is unchanged");
    }
}
