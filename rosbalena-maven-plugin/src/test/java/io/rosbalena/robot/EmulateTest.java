package io.rosbalena.robot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packages that are to be compiled by an emulator, as a robot's user names them. */
class EmulateTest {
    @TempDir
    private Path folder;

    private SmallRobot robot;

    @BeforeEach
    void makeARobot() throws Exception {
        robot = ListeningRobot.in(folder);
    }

    @Test
    void aMisspeltPackageIsAnErrorThatNamesTheNearest() {
        FindingException refused = catchThrowableOfType(
                FindingException.class, () -> robot.emulate("talkr", "camera").lock());

        assertThat(refused.findings()).extracting(Finding::id).containsExactly("RB492", "RB492");
        assertThat(refused.findings().get(0).print())
                .contains("camera", "pom.xml", "correct <emulate>; the workspace has: listener, talker");
        assertThat(refused.findings().get(1).print()).contains("talkr", "did you mean talker?");
    }

    @Test
    void theLockIsTheSameForItHoldsTheOtherPlatformsCompilersAnyway() throws Exception {
        robot.lock();
        String before = Files.readString(robot.file("rosbalena.lock"));
        robot.emulate("talker").lock();
        assertThat(robot.file("rosbalena.lock")).hasContent(before);
    }
}
