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
import io.rosbalena.store.Digest;
import io.rosbalena.store.Progress;
import io.rosbalena.transfer.HttpTransfer;
import io.rosbalena.transfer.Transfer;
import io.rosbalena.transfer.TransferSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IndexReaderTest {
    private static final Transfer FILES =
            new HttpTransfer(TransferSettings.standard().withOffline(true));

    @TempDir
    private Path folder;

    private ArchiveOnDisk archive;
    private Path index;

    @BeforeEach
    void makeAnArchive() throws IOException {
        archive = ArchiveOnDisk.in(folder)
                .deb("hello", "1", "all")
                .key("good", "1y")
                .index()
                .release(Map.of())
                .sign("good");
        archive.export(folder.resolve("good.gpg"), "good");
        index = archive.dists().resolve("main/binary-amd64");
    }

    private CandidateTable open(Transfer transfer, String suite) throws IOException {
        Findings findings = new Findings();
        var sources = new AptSourceReader(AptFiles.ofProject(folder), AptSource.ThirdParties.USE, findings)
                .read("s", "deb [signed-by=good.gpg] " + archive.uri() + " " + suite + "\n");
        findings.throwIfErrors();
        return AptRepositories.open(
                sources,
                "amd64",
                transfer,
                BlobStore.open(folder.resolve("store")),
                Clock.systemUTC(),
                Progress.SILENT);
    }

    /** Files of a mirror whose next state appears after the Release file was read once. */
    private record MirrorBeingUpdated(Runnable update, boolean[] done) implements Transfer {
        @Override
        public byte[] read(URI uri, long limit) throws IOException {
            byte[] bytes = FILES.read(uri, limit);
            if (uri.getPath().endsWith("InRelease") && !done[0]) {
                done[0] = true;
                update.run();
            }
            return bytes;
        }

        @Override
        public void fetch(URI uri, Digest expected, long size, BlobStore store, Progress progress) throws IOException {
            FILES.fetch(uri, expected, size, store, progress);
        }
    }

    @Test
    void readsReleaseAndIndexAgainWhenTheMirrorChangedBetweenThem() throws IOException {
        Runnable update = () -> {
            try {
                archive.deb("newer", "1", "all").index().release(Map.of()).sign("good");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };

        CandidateTable table = open(new MirrorBeingUpdated(update, new boolean[1]), "test main");

        assertThat(table.names()).containsExactly("hello", "newer");
        assertThat(table.archives().values().iterator().next().inRelease())
                .isEqualTo(Digest.of(archive.dists().resolve("InRelease")));
    }

    @Test
    void readsAnIndexPackedWithGzipOrNotAtAll() throws IOException {
        Files.delete(index.resolve("Packages.xz"));
        archive.release(Map.of()).sign("good");
        assertThat(open(FILES, "test main").names()).containsExactly("hello");

        Files.delete(index.resolve("Packages.gz"));
        archive.release(Map.of()).sign("good");
        assertThat(open(FILES, "test main").names()).containsExactly("hello");
    }

    @Test
    void readsAnIndexPackedWithZstandard() throws IOException, InterruptedException {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/zstd")), "skipped: zstd is not installed");
        Process zstd = new ProcessBuilder("zstd", "-q", "Packages")
                .directory(index.toFile())
                .start();
        assertThat(zstd.waitFor()).isZero();
        Digest packed = Digest.of(index.resolve("Packages.zst"));
        long size = Files.size(index.resolve("Packages.zst"));
        // apt-ftparchive does not list this packing, so the line is added before signing.
        archive.append("Release", " " + packed.hex() + " " + size + " main/binary-amd64/Packages.zst\n");
        String release = Files.readString(archive.dists().resolve("Release"));
        int sha512 = release.indexOf("SHA512:");
        String line = release.substring(release.lastIndexOf("\n", release.length() - 2) + 1);
        String moved =
                release.substring(0, sha512) + line + release.substring(sha512, release.length() - line.length());
        Files.writeString(archive.dists().resolve("Release"), moved);
        archive.sign("good");
        Files.delete(index.resolve("Packages.xz"));

        assertThat(open(FILES, "test main").names()).containsExactly("hello");
    }

    /** What the signed file says of the index unpacked is the most that is taken from any packing. */
    @ParameterizedTest
    @ValueSource(strings = {"xz", "gz", "zst"})
    void refusesAnIndexThatUnpacksToMoreThanItShould(String suffix) throws IOException, InterruptedException {
        Path plain = index.resolve("Packages");
        long size = Files.size(plain);
        Files.write(plain, new byte[64 << 20]);
        String tool = Map.of("xz", "xz", "gz", "gzip", "zst", "zstd").get(suffix);
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin", tool)), () -> "skipped: no " + tool);
        Process packing = new ProcessBuilder(tool, "-kf", "Packages")
                .directory(index.toFile())
                .redirectErrorStream(true)
                .start();
        packing.getInputStream().readAllBytes();
        assertThat(packing.waitFor()).isZero();
        Path bomb = index.resolve("Packages." + suffix);
        Files.writeString(
                archive.dists().resolve("Release"),
                "Suite: test\nCodename: test\nDate: Thu, 01 Jan 2026 00:00:00 UTC\nSHA256:\n "
                        + Digest.of(bomb).hex() + " " + Files.size(bomb) + " main/binary-amd64/Packages." + suffix
                        + "\n " + Digest.of(plain).hex() + " " + size + " main/binary-amd64/Packages\n");
        archive.sign("good");

        FindingException e = catchThrowableOfType(FindingException.class, () -> open(FILES, "test main"));

        assertThat(e.findings()).extracting(Finding::id).containsExactly("RB214");
        assertThat(e.findings().get(0).message()).contains("unpacks to more than the " + size + " bytes");
    }

    @Test
    void readsAFlatArchive() throws IOException {
        for (String file : new String[] {"Packages", "Packages.xz"}) {
            Files.copy(index.resolve(file), archive.dists().resolve(file));
        }
        archive.release(Map.of()).sign("good");

        CandidateTable table = open(FILES, "dists/test/");

        assertThat(table.names()).containsExactly("hello");
        assertThat(table.archives().keySet()).extracting(Object::toString).containsExactly("Test/Test-Label/test/");
    }
}
