package io.rosbalena.apt.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rosbalena.apt.ArchiveOnDisk;
import io.rosbalena.apt.source.AptFiles;
import io.rosbalena.apt.source.AptSource;
import io.rosbalena.apt.source.AptSourceReader;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import io.rosbalena.store.DirectoryRemoval;
import io.rosbalena.store.Progress;
import io.rosbalena.transfer.HttpTransfer;
import io.rosbalena.transfer.TransferSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An archive that does not answer any more, and what it said when a lock was made. */
class KeptReleasesTest {
    @TempDir
    private Path folder;

    private ArchiveOnDisk archive;
    private Digest kept;
    private Clock clock = Clock.systemUTC();

    @BeforeEach
    void readAnArchive() throws IOException {
        archive = ArchiveOnDisk.in(folder)
                .deb("hello", "1.0-1", "amd64")
                .key("good", "1y")
                .index()
                .release(Map.of())
                .sign("good");
        archive.export(folder.resolve("good.gpg"), "good");
        kept = open(archive.uri().toString(), List.of())
                .archives()
                .values()
                .iterator()
                .next()
                .inRelease();
    }

    private CandidateTable open(String uri, List<Digest> files) throws IOException {
        Findings findings = new Findings();
        List<AptSource> sources = new AptSourceReader(AptFiles.ofProject(folder), AptSource.ThirdParties.USE, findings)
                .read(
                        "robot.sources",
                        "Types: deb\nURIs: " + uri + (uri.contains("Suites") ? "" : "\nSuites: test")
                                + "\nComponents: main\nSigned-By: good.gpg\n");
        findings.throwIfErrors();
        return AptRepositories.open(
                sources,
                ArchiveRules.NONE,
                "amd64",
                new HttpTransfer(TransferSettings.standard().withOffline(true)),
                BlobStore.open(folder.resolve("store")),
                clock,
                files,
                Progress.SILENT);
    }

    private void stands(CandidateTable table) {
        assertThat(table.candidate("hello").orElseThrow().version()).hasToString("1.0-1");
        assertThat(table.archives().values())
                .singleElement()
                .satisfies(one -> assertThat(one.inRelease()).isEqualTo(kept));
        assertThat(table.notes().stream().map(Finding::print).filter(line -> line.contains("RB313")))
                .singleElement()
                .asString()
                .startsWith("robot.sources:1: warning RB313 ")
                .contains("the index that the lock was made with, of ");
    }

    @Test
    void standsInForAnArchiveThatIsGoneOrCannotBeReached() throws IOException {
        DirectoryRemoval.remove(archive.root());

        stands(open(archive.uri().toString(), List.of(kept)));
        stands(open("http://archive.invalid/debian", List.of(kept)));
        assertThatThrownBy(() -> open(archive.uri().toString(), List.of())).hasMessageContaining("RB204");
    }

    /** The lock vouches for its age; that the key was good then is what counts. */
    @Test
    void itsAgeDoesNotCount() throws IOException {
        DirectoryRemoval.remove(archive.root());
        clock = Clock.offset(Clock.systemUTC(), Duration.ofDays(800));

        stands(open(archive.uri().toString(), List.of(kept)));
    }

    @Test
    void whatAnArchiveSaysNowGoesBefore() throws IOException {
        archive.deb("hello", "2.0-1", "amd64").index().release(Map.of()).sign("good");
        CandidateTable table = open(archive.uri().toString(), List.of(kept));

        assertThat(table.candidate("hello").orElseThrow().version()).hasToString("2.0-1");
        assertThat(table.notes()).isEmpty();
    }

    @Test
    void whatAnArchiveSaysWronglyIsAnError() throws IOException {
        Files.writeString(archive.dists().resolve("InRelease"), "<html>log in first</html>");
        assertThatThrownBy(() -> open(archive.uri().toString(), List.of(kept))).hasMessageContaining("RB205");
        archive.key("other", "1y").sign("other");
        assertThatThrownBy(() -> open(archive.uri().toString(), List.of(kept))).hasMessageContaining("RB210");
    }

    @Test
    void countsOnlyIfAKeyOfTheSourceSignedIt() throws IOException {
        archive.key("other", "1y");
        archive.export(folder.resolve("good.gpg"), "other");
        DirectoryRemoval.remove(archive.root());

        assertThatThrownBy(() -> open(archive.uri().toString(), List.of(kept))).hasMessageContaining("RB204");
    }

    @Test
    void ofTwoThatAnswerNoneCounts() throws IOException {
        archive.release(Map.of("Origin", "Another")).sign("good");
        Digest second = open(archive.uri().toString(), List.of())
                .archives()
                .values()
                .iterator()
                .next()
                .inRelease();
        DirectoryRemoval.remove(archive.root());

        assertThat(second).isNotEqualTo(kept);
        assertThatThrownBy(() -> open(archive.uri().toString(), List.of(kept, second)))
                .hasMessageContaining("RB204");
    }

    @Test
    void whereNobodyAnswersArchivesThatTheLockDoesNotNameAreLeftOut() throws IOException {
        DirectoryRemoval.remove(archive.root());
        CandidateTable table = open("http://one.invalid/debian\nSuites: other test", List.of(kept));

        assertThat(table.candidate("hello")).isPresent();
        assertThat(table.notes()).extracting(Finding::id).containsExactly("RB313", "RB314");
    }

    @Test
    void whereOthersAnswerAnArchiveThatTheLockDoesNotNameMust() {
        assertThatThrownBy(() -> open(archive.uri() + "\nSuites: test other", List.of(kept)))
                .hasMessageContaining("RB204")
                .hasMessageContaining("other has no signed Release file");
    }

    @Test
    void otherFilesAndMissingOnesDoNotCount() throws IOException {
        Digest other = BlobStore.open(folder.resolve("store")).put(new byte[] {1, 2, 3});
        DirectoryRemoval.remove(archive.root());

        stands(open(archive.uri().toString(), List.of(other, Digest.of("missing"), kept)));
    }
}
