package io.rosbalena.robot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rosbalena.apt.ArchiveOnDisk;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.lock.LockFile;
import io.rosbalena.lock.LockedPackage;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lock is held to what signed indexes say, since whoever proposes a lock chooses its digests. */
class LockProofTest {
    @TempDir
    private Path folder;

    private SmallRobot robot;
    private Path lock;

    @BeforeEach
    void lockARobot() throws Exception {
        robot = SmallRobot.in(folder);
        robot.lock();
        lock = robot.file("rosbalena.lock");
    }

    private LockedPackage hello() throws IOException {
        return LockFile.read(lock, "rosbalena.lock")
                .orElseThrow()
                .lock()
                .platforms()
                .get("linux/amd64")
                .find("hello")
                .orElseThrow();
    }

    private void edit(String from, String to) throws IOException {
        String text = Files.readString(lock);
        assertThat(text).contains(from);
        Files.writeString(lock, text.replace(from, to));
    }

    /** The same name and version with something else inside, lying where the lock says. */
    private void plant() throws IOException {
        LockedPackage hello = hello();
        ArchiveOnDisk evil = ArchiveOnDisk.in(Files.createDirectories(folder.resolve("evil")))
                .deb("hello", "1.0-1", "amd64", "Depends: libhello1 (>= 1)", "Homepage: https://evil.example.org/");
        Path planted = evil.root().resolve("pool/hello_1.0-1_amd64.deb");
        Files.copy(planted, robot.archive().root().resolve(hello.filename()), StandardCopyOption.REPLACE_EXISTING);
        edit(
                "size: " + hello.size() + ", sha256: " + hello.sha256(),
                "size: " + Files.size(planted) + ", sha256: " + Digest.of(planted));
    }

    private static void refuses(ThrowingCallable goal, String id, String... words) {
        FindingException e = catchThrowableOfType(FindingException.class, goal);
        assertThat(e.findings()).extracting(Finding::id).containsExactly(id);
        Finding finding = e.findings().get(0);
        assertThat(finding.file()).contains("rosbalena.lock");
        assertThat(finding.fix()).isPresent();
        assertThat(finding.message()).contains(words);
    }

    private void emptyStore() throws IOException {
        robot.store(Files.createTempDirectory(folder, "store"));
    }

    private void publishAnew() throws IOException {
        robot.archive().deb("bystander", "1", "amd64");
        robot.publish();
    }

    @Test
    void aPlantedPackageIsRefused() throws Exception {
        plant();

        refuses(robot::build, "RB308", "hello 1.0-1", "Debian/Debian/bookworm/main");
    }

    @Test
    void aPlantedPackageIsRefusedThoughNothingIsInTheStoreAndTheProofIsDemanded() throws Exception {
        plant();
        emptyStore();

        refuses(robot.verifyLock()::build, "RB308", "hello 1.0-1");
    }

    /** The digest was right, the archive a name that the lock made up. */
    @Test
    void aPackageOfAnArchiveThatTheLockDoesNotDescribeIsRefused() throws Exception {
        edit("version: \"1.0-1\", arch: amd64, archive: Debian/", "version: \"1.0-1\", arch: amd64, archive: Other/");

        refuses(robot::build, "RB308", "hello 1.0-1, libhello1 1.0-1 from Other/Debian/bookworm/main");
    }

    /** Everything in the lock fits, and the planted archive even lies in the store; but nobody trusts its key. */
    @Test
    void anArchiveOfAnotherKeyIsNoProof() throws Exception {
        plant();
        Digest before = Digest.of(robot.archive().dists().resolve("InRelease"));
        robot.archive().key("evil", "1y").index();
        robot.archive()
                .release(Map.of("Origin", "Debian", "Label", "Debian", "Codename", "bookworm"))
                .sign("evil");
        Path signed = robot.archive().dists().resolve("InRelease");
        BlobStore.open(robot.storeFolder()).put(Files.readAllBytes(signed));
        edit(before.toString(), Digest.of(signed).toString());

        refuses(robot.verifyLock()::build, "RB309", "hello 1.0-1", "which this source does not trust");
    }

    @Test
    void theProofOutlivesTheArchivesStateAndTheKey() throws Exception {
        publishAnew();

        robot.later(Duration.ofDays(800)).verifyLock().build();
    }

    @Test
    void withoutTheIndexesTheBuildGoesOnUnlessTheProofIsDemanded() throws Exception {
        publishAnew();
        emptyStore();
        robot.build();

        emptyStore();
        refuses(
                robot.verifyLock()::build,
                "RB309",
                "apt 2.6, base-files 12, hello 1.0-1, libhello1 1.0-1 are from Debian/Debian/bookworm/main",
                "looked in the store, " + robot.archive().dists().toUri() + "InRelease");
    }

    @Test
    void theProofIsFetchedWhereItIsDemanded() throws Exception {
        emptyStore();

        robot.verifyLock().build();
    }

    /** A build that was proved needs the archive no more. */
    @Test
    void aProofIsKept() throws Exception {
        robot.verifyLock().build();
        Files.move(robot.archive().root(), folder.resolve("gone"));

        robot.build();
        assertThat(robot.said()).anyMatch(line -> line.startsWith("nothing changed"));
    }

    @Test
    void aSignatureInAFileOfItsOwnIsKeptForTheProof() throws Exception {
        robot.archive()
                .gpgRun(
                        "--detach-sign",
                        "--armor",
                        "--output",
                        robot.archive().dists().resolve("Release.gpg").toString(),
                        robot.archive().dists().resolve("Release").toString());
        Files.delete(robot.archive().dists().resolve("InRelease"));
        robot.lock();
        publishAnew();

        robot.verifyLock().build();
    }

    /** For a lock that says "unsigned" only the archive itself counts: anything may have come into the store. */
    @Test
    void whatIsUnsignedIsProvedByTheArchiveAlone() throws Exception {
        Files.delete(robot.archive().dists().resolve("InRelease"));
        robot.allowUnsigned(robot.archive().uri().toString()).lock();
        robot.verifyLock().build();

        robot.archive().deb("bystander", "1", "amd64");
        robot.publish();
        Files.delete(robot.archive().dists().resolve("InRelease"));
        refuses(robot::build, "RB309", "hello 1.0-1");
    }

    @Test
    void aLockCannotMakeASignedArchiveAnUnsignedOne() throws Exception {
        List<String> keys = Files.readString(lock)
                .lines()
                .filter(line -> line.contains("key: "))
                .map(line -> line.replaceFirst(".*key: ([^,]*),.*", "$1"))
                .toList();
        edit("key: " + keys.get(0), "key: unsigned");

        refuses(robot.verifyLock()::build, "RB309", "<allowUnsigned> does not name");
    }
}
