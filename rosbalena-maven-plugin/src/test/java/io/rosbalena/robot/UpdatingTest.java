package io.rosbalena.robot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rosbalena.finding.FindingException;
import io.rosbalena.lock.LockFile;
import io.rosbalena.lock.LockedPackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Some of a lock made newer, and what is told of it. */
class UpdatingTest {
    @TempDir
    private Path folder;

    private SmallRobot robot;

    @BeforeEach
    void lockARobotAndPublishNewPackages() throws Exception {
        robot = SmallRobot.in(folder);
        robot.archive()
                .deb("bystander", "1.0-1", "amd64")
                .deb("needs-old", "1.0-1", "amd64", "Depends: libold (= 1)")
                .deb("libold", "1", "amd64");
        robot.publish().write("docker-compose.yml", """
                services:
                  talker:
                    command: [hello]
                    x-rosbalena:
                      apt: [hello, bystander, needs-old]
                """);
        robot.lock();
        robot.archive()
                .deb("hello", "2.0-1", "amd64", "Depends: libhello1 (>= 2)")
                .deb("libhello1", "2.0-1", "amd64")
                .deb("bystander", "2.0-1", "amd64");
        robot.publish();
    }

    private Map<String, String> versions() throws IOException {
        Map<String, String> versions = new TreeMap<>();
        for (LockedPackage one : LockFile.read(robot.file("rosbalena.lock"), "rosbalena.lock")
                .orElseThrow()
                .lock()
                .platforms()
                .get("linux/amd64")
                .packages()) {
            versions.put(one.name(), one.version());
        }
        return versions;
    }

    @Test
    void aPackageAndWhatItNeedsAndNothingElse() throws Exception {
        robot.lock("hello");

        assertThat(versions())
                .containsEntry("hello", "2.0-1")
                .containsEntry("libhello1", "2.0-1")
                .containsEntry("bystander", "1.0-1")
                .containsEntry("libold", "1");
        assertThat(robot.said())
                .anyMatch(line -> line.matches("linux/amd64: hello 1\\.0-1 -> 2\\.0-1, [0-9]+ k?B -> [0-9]+ k?B"))
                .noneMatch(line -> line.contains("bystander"));
    }

    @Test
    void withoutNamesEverything() throws Exception {
        robot.lock();

        assertThat(versions()).containsEntry("hello", "2.0-1").containsEntry("bystander", "2.0-1");
    }

    @Test
    void whatIsHeldBackIsTold() throws Exception {
        robot.archive().deb("libold", "2", "amd64");
        robot.publish().lock("libold");

        assertThat(versions()).containsEntry("libold", "1");
        assertThat(robot.said()).anyMatch(line -> line.startsWith("warning RB307 libold stays at 1: "));
    }

    @Test
    void namesThatTheLockDoesNotHave() throws Exception {
        String before = Files.readString(robot.file("rosbalena.lock"));
        FindingException e = catchThrowableOfType(FindingException.class, () -> robot.lock("helo", "hello", "nothing"));

        assertThat(e.findings()).hasSize(2);
        assertThat(e.getMessage())
                .contains("rosbalena.lock: error RB306 the lock has neither a Debian package nor a wheel helo")
                .contains("did you mean hello?")
                .contains("a wheel nothing");
        assertThat(robot.file("rosbalena.lock")).hasContent(before);
    }

    /** Somebody who reviews a changed lock sees first whom it trusts. */
    @Test
    void anotherKeyComesFirst() throws Exception {
        robot.archive().key("other", "1y");
        robot.archive().export(robot.file("good.gpg"), "good", "other");
        robot.archive()
                .index()
                .release(Map.of("Origin", "Debian", "Label", "Debian", "Codename", "bookworm"))
                .sign("other");
        robot.lock();

        assertThat(robot.said().stream().filter(line -> line.contains(" -> ")).findFirst())
                .get()
                .asString()
                .matches("archive Debian/Debian/bookworm/main is signed by another key: [0-9A-F]{40} -> [0-9A-F]{40}");
    }
}
