package io.rosbalena.apt.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rosbalena.apt.ArchiveOnDisk;
import io.rosbalena.apt.source.AptFiles;
import io.rosbalena.apt.source.AptSource;
import io.rosbalena.apt.source.AptSourceReader;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.finding.Findings;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Progress;
import io.rosbalena.transfer.HttpTransfer;
import io.rosbalena.transfer.TransferSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThirdPartiesTest {
    @TempDir
    private Path folder;

    private String own;
    private String other;
    private String silent;
    private String ownSilent;

    @BeforeEach
    void makeTwoArchives() throws IOException {
        ArchiveOnDisk debian = archive("debian", "Debian");
        ArchiveOnDisk vendor = archive("vendor", "Vendor");
        debian.export(folder.resolve("debian.gpg"), "debian");
        vendor.export(folder.resolve("vendor.gpg"), "vendor");
        own = "deb [signed-by=debian.gpg] " + debian.uri() + " test main\n";
        other = "deb [signed-by=vendor.gpg] " + vendor.uri() + " test main\n";
        silent = "deb [signed-by=vendor.gpg] file:/nowhere/ test main\n";
        ownSilent = "deb [signed-by=debian.gpg] file:/nowhere/ test-updates main\n";
    }

    private ArchiveOnDisk archive(String name, String origin) throws IOException {
        return ArchiveOnDisk.in(Files.createDirectories(folder.resolve(name)))
                .deb(name, "1", "all")
                .key(name, "1y")
                .index()
                .release(Map.of("Origin", origin))
                .sign(name);
    }

    private CandidateTable open(AptSource.ThirdParties thirdParties, String sources) throws IOException {
        Findings findings = new Findings();
        var read = new AptSourceReader(AptFiles.ofProject(folder), thirdParties, findings).read("machine", sources);
        findings.throwIfErrors();
        return AptRepositories.open(
                read,
                "amd64",
                new HttpTransfer(TransferSettings.standard().withOffline(true)),
                BlobStore.open(folder.resolve("store")),
                Clock.systemUTC(),
                Progress.SILENT);
    }

    @Test
    void onAMachineTheyArePassedOverWithANoteWhetherTheyAnswerOrNot() throws IOException {
        CandidateTable table = open(AptSource.ThirdParties.SKIP, own + other + silent);

        assertThat(table.names()).containsExactly("debian");
        assertThat(table.notes()).extracting(Finding::id).containsExactly("RB220", "RB220");
        assertThat(table.notes()).extracting(Finding::line).containsExactly(2, 3);
    }

    @Test
    void aSourceOfTheDistributionThatDoesNotAnswerIsAnError() {
        FindingException e =
                catchThrowableOfType(FindingException.class, () -> open(AptSource.ThirdParties.SKIP, own + ownSilent));

        assertThat(e.findings())
                .extracting(Finding::id, Finding::line)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("RB204", 2));
    }

    @Test
    void whatTheProjectNamesIsUsed() throws IOException {
        assertThat(open(AptSource.ThirdParties.USE, own + other).names()).containsExactly("debian", "vendor");
        FindingException e =
                catchThrowableOfType(FindingException.class, () -> open(AptSource.ThirdParties.USE, own + silent));
        assertThat(e.findings()).hasSize(1);
    }

    @Test
    void aMachineWithoutItsDistributionsArchiveIsAnError() {
        FindingException e =
                catchThrowableOfType(FindingException.class, () -> open(AptSource.ThirdParties.SKIP, silent));

        assertThat(e.findings()).hasSize(1);
    }

    @Test
    void aMachineOfWhichOnlyThirdPartiesAnswerIsAnError() {
        FindingException e =
                catchThrowableOfType(FindingException.class, () -> open(AptSource.ThirdParties.SKIP, other));

        assertThat(e.findings()).extracting(Finding::id).containsExactly("RB202");
    }
}
