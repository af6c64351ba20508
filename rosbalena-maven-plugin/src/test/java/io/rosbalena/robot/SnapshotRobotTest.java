package io.rosbalena.robot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rosbalena.apt.index.SnapshotDate;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.lock.LockFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Robots made of archives as they were. */
class SnapshotRobotTest {
    private static final SnapshotDate NOW = new SnapshotDate(Instant.now());

    @TempDir
    private Path folder;

    private SmallRobot robot;
    private Path archive;

    /** The service has version 1, the archive has moved on to version 2 and forgotten the first. */
    @BeforeEach
    void makeAnArchiveWithASnapshot() throws Exception {
        robot = SmallRobot.in(folder);
        archive = robot.archive().root();
        take(NOW);
        try (Stream<Path> debs = Files.list(archive.resolve("pool"))) {
            for (Path deb :
                    debs.filter(file -> file.toString().contains("hello")).toList()) {
                Files.delete(deb);
            }
        }
        robot.archive()
                .deb("hello", "2.0-1", "amd64", "Depends: libhello1 (>= 2)")
                .deb("libhello1", "2.0-1", "amd64");
        robot.publish();
    }

    private Path at(SnapshotDate date) {
        return folder.resolve("snapshots").resolve(date.stamp());
    }

    private void take(SnapshotDate date) throws IOException {
        try (Stream<Path> files = Files.walk(archive)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = at(date).resolve(archive.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    private String address() {
        return "Debian=" + folder.resolve("snapshots").toUri() + "/{stamp}/";
    }

    private String version() throws IOException {
        return LockFile.read(robot.file("rosbalena.lock"), "rosbalena.lock")
                .orElseThrow()
                .lock()
                .platforms()
                .get("linux/amd64")
                .find("hello")
                .orElseThrow()
                .version();
    }

    private static void refuses(ThrowingCallable goal, String id, String words) {
        FindingException e = catchThrowableOfType(FindingException.class, goal);
        assertThat(e.findings()).extracting(Finding::id).containsExactly(id);
        assertThat(e.findings().get(0).print()).contains(words);
    }

    @Test
    void packagesAreThoseOfTheMoment() throws Exception {
        robot.lock();
        assertThat(version()).isEqualTo("2.0-1");

        robot.snapshot(NOW.stamp(), address()).lock();
        assertThat(version()).isEqualTo("1.0-1");

        // Another machine finds them, too, though the archive has forgotten them; and it can prove the lock.
        robot.store(folder.resolve("other")).verifyLock().build();
    }

    @Test
    void anotherMomentMakesTheLockStale() throws Exception {
        robot.snapshot(NOW.stamp(), address()).lock();

        SnapshotDate other = new SnapshotDate(NOW.instant().minusSeconds(1));
        take(other);
        refuses(robot.snapshot(other.stamp(), address()).locked()::build, "RB303", "does not answer");
    }

    /** Neither the end of the key nor that of the file matters: both were good then. */
    @Test
    void keysAndFilesAreJudgedByTheirTime() throws Exception {
        SnapshotDate later = new SnapshotDate(NOW.instant().plus(Duration.ofMinutes(1)));
        robot.archive()
                .release(Map.of("Origin", "Debian", "Label", "Debian", "Codename", "bookworm", "ValidTime", "86400"))
                .sign("good");
        take(later);

        refuses(robot.later(Duration.ofDays(400))::lock, "RB208", "expired on");
        robot.snapshot(later.stamp(), address()).lock();
        assertThat(version()).isEqualTo("2.0-1");
    }

    /** As that of ROS does. */
    @Test
    void aServiceMaySignWithAKeyOfItsOwnThatTheUserNames() throws Exception {
        robot.archive().key("service", "1y");
        Files.move(archive.resolve("dists"), folder.resolve("dists"));
        Files.move(at(NOW).resolve("dists"), archive.resolve("dists"));
        robot.archive().sign("service");
        Files.move(archive.resolve("dists"), at(NOW).resolve("dists"));
        Files.move(folder.resolve("dists"), archive.resolve("dists"));
        robot.archive().export(robot.file("service.gpg"), "service");
        robot.snapshot(NOW.stamp(), address());

        refuses(robot::lock, "RB258", "put that key's file into <keyrings>");
        robot.keyrings("service.gpg").lock();
        assertThat(version()).isEqualTo("1.0-1");
        robot.verifyLock().build();
    }

    /** The user's keyrings are for snapshots: the archive itself stays with the key that its source names. */
    @Test
    void aKeyOfAServiceSignsNothingElse() throws Exception {
        robot.archive().key("service", "1y").sign("service");
        robot.archive().export(robot.file("service.gpg"), "service");

        refuses(robot.keyrings("service.gpg")::lock, "RB210", "does not trust");
    }

    @Test
    void anArchiveWithoutKnownSnapshotsIsTakenAsItIsAndTold() throws Exception {
        robot.snapshot(NOW.stamp()).lock();

        assertThat(version()).isEqualTo("2.0-1");
        assertThat(robot.said()).anyMatch(line -> line.startsWith("robot.sources:1: warning RB256"));
    }

    @Test
    void aMomentThatTheServiceDoesNotHave() {
        refuses(robot.snapshot("20240119", address())::lock, "RB257", "there is no snapshot of test at file:");
    }

    @Test
    void aServiceThatHasAnotherMoment() throws Exception {
        SnapshotDate early = new SnapshotDate(NOW.instant().minus(Duration.ofHours(3)));
        take(early);

        refuses(robot.snapshot(early.stamp(), address())::lock, "RB257", ", after " + early.stamp());
    }

    @Test
    void anArchiveThatDoesNotSayWhatItIs() throws Exception {
        Files.move(archive, folder.resolve("gone"));

        refuses(robot.snapshot(NOW.stamp(), address())::lock, "RB204", "must tell what it is before its snapshot");
    }

    @Test
    void whatIsNoMomentOfThePast() {
        refuses(robot.snapshot("yesterday", address())::lock, "RB259", "neither YYYYMMDD nor");
        refuses(robot.snapshot("29990101", address())::lock, "RB259", "lies in the future");
        refuses(robot.snapshot("20240119", "Debian")::lock, "RB259", "not of the form ORIGIN=");
    }

    /** Without a date, too, a lock whose archive has moved on is proved by a service that still has its state. */
    @Test
    void aLockIsProvedByASnapshotOfItsTime() throws Exception {
        robot.lock();
        Instant made = Instant.parse(LockFile.read(robot.file("rosbalena.lock"), "rosbalena.lock")
                .orElseThrow()
                .lock()
                .archives()
                .get("Debian/Debian/bookworm/main")
                .date());
        take(new SnapshotDate(made.plus(Duration.ofHours(6))));
        robot.archive().deb("bystander", "1", "amd64");
        robot.publish().store(folder.resolve("other")).verifyLock();

        refuses(robot::build, "RB309", "looked in the store, file:");
        robot.snapshots(address()).build();
    }
}
