package io.rosbalena.apt.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rosbalena.apt.ArchiveOnDisk;
import io.rosbalena.apt.preference.Preferences;
import io.rosbalena.apt.source.AptFiles;
import io.rosbalena.apt.source.AptSource;
import io.rosbalena.apt.source.AptSourceReader;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.finding.Findings;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import io.rosbalena.store.Progress;
import io.rosbalena.transfer.HttpTransfer;
import io.rosbalena.transfer.TransferSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives that nobody vouches for: used only where the user names them. */
class UnsignedArchivesTest {
    @TempDir
    private Path folder;

    private ArchiveOnDisk archive;

    @BeforeEach
    void makeAnArchive() throws IOException {
        archive = ArchiveOnDisk.in(folder)
                .deb("hello", "1.0-1", "amd64")
                .key("good", "1y")
                .index()
                .release(Map.of())
                .sign("good");
        archive.export(folder.resolve("good.gpg"), "good");
    }

    private CandidateTable open(String source, URI... allowed) throws IOException {
        Findings findings = new Findings();
        List<AptSource> sources = new AptSourceReader(AptFiles.ofProject(folder), AptSource.ThirdParties.USE, findings)
                .read("robot.sources", source);
        findings.throwIfErrors();
        return AptRepositories.open(
                sources,
                new ArchiveRules(Set.of(allowed), Snapshots.NONE, Preferences.NONE),
                "amd64",
                new HttpTransfer(TransferSettings.standard().withOffline(true)),
                BlobStore.open(folder.resolve("store")),
                Clock.systemUTC(),
                List.of(),
                Progress.SILENT);
    }

    private String line(String options) {
        return "deb [" + options + "] " + archive.uri() + " test main\n";
    }

    private void isTakenOnlyWhereAllowed(String source, String id) throws IOException {
        FindingException e =
                catchThrowableOfType(FindingException.class, () -> open(source, URI.create("file:///elsewhere/")));
        assertThat(e.findings()).extracting(Finding::id).containsExactly(id);

        CandidateTable table = open(source, archive.uri());
        assertThat(table.names()).containsExactly("hello");
        assertThat(table.archives().values())
                .allSatisfy(one -> assertThat(one.key()).isEmpty());
        assertThat(table.notes()).extracting(Finding::id).containsExactly("RB253");
    }

    private void withoutSignature() throws IOException {
        Files.delete(archive.dists().resolve("InRelease"));
    }

    @Test
    void trustedAndUnsigned() throws IOException {
        withoutSignature();

        isTakenOnlyWhereAllowed(line("trusted=yes"), "RB217");
    }

    @Test
    void trustedAndSignedBySomebodyUnknown() throws IOException {
        archive.key("other", "1y").sign("other");

        isTakenOnlyWhereAllowed(line("trusted=yes signed-by=good.gpg"), "RB217");
    }

    @Test
    void aReleaseFileWithoutSignature() throws IOException {
        withoutSignature();

        isTakenOnlyWhereAllowed(line("signed-by=good.gpg"), "RB204");
    }

    @Test
    void aSignatureBySha1() throws IOException {
        archive.signWith(List.of("--digest-algo", "SHA1", "--weak-digest", "MD5"), "good");

        isTakenOnlyWhereAllowed(line("signed-by=good.gpg"), "RB209");
    }

    @Test
    void sumsBySha1() throws IOException {
        archive.release(Map.of("SHA256", "no", "SHA512", "no")).sign("good");
        assertThat(archive.dists().resolve("Release"))
                .content()
                .contains("SHA1:")
                .doesNotContain("SHA256:");

        isTakenOnlyWhereAllowed(line("signed-by=good.gpg"), "RB205");

        Files.writeString(archive.dists().resolve("main/binary-amd64/Packages.xz"), "broken");
        FindingException e =
                catchThrowableOfType(FindingException.class, () -> open(line("signed-by=good.gpg"), archive.uri()));
        assertThat(e.findings().get(0).message()).contains("Packages.xz does not have the");
    }

    /** What {@code dpkg-scanpackages . > Packages} leaves in a folder. */
    @Test
    void aFolderOfPackagesWithoutAnyReleaseFile() throws IOException {
        Path packages = archive.root().resolve("Packages");
        Files.copy(archive.dists().resolve("main/binary-amd64/Packages"), packages);
        String source = "deb [trusted=yes] " + archive.uri() + " ./\n";

        isTakenOnlyWhereAllowed(source, "RB217");
        var known = open(source, archive.uri()).archives().values().iterator().next();
        assertThat(folder.resolve("store/blobs/sha256")
                        .resolve(known.inRelease().hex()))
                .hasContent("Date: Thu, 01 Jan 1970 00:00:00 +0000\nSHA256:\n "
                        + Digest.of(packages).hex() + " " + Files.size(packages) + " Packages\n");
    }

    @Test
    void aGoodSignatureCountsThoughNoneIsNeeded() throws IOException {
        CandidateTable table = open(line("signed-by=good.gpg"), archive.uri());

        assertThat(table.archives().values())
                .allSatisfy(one -> assertThat(one.key()).hasSize(40));
        assertThat(table.notes()).isEmpty();
    }

    /** No signature says nothing; a wrong one says that somebody changed the file. */
    @Test
    void aChangedFileIsRefusedAllTheSame() throws IOException {
        Path file = archive.dists().resolve("InRelease");
        Files.writeString(file, Files.readString(file).replace("Origin: Test", "Origin: Pest"));

        FindingException e = catchThrowableOfType(
                FindingException.class, () -> open(line("trusted=yes signed-by=good.gpg"), archive.uri()));
        assertThat(e.findings()).extracting(Finding::id).containsExactly("RB206");
    }

    @Test
    void whatNamesNoSourceIsTold() throws IOException {
        assertThat(open(line("signed-by=good.gpg"), URI.create("file:///elsewhere/"))
                        .notes())
                .extracting(Finding::id)
                .containsExactly("RB254");
    }
}
