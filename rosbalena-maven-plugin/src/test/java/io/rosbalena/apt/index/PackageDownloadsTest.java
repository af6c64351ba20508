package io.rosbalena.apt.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rosbalena.apt.ArchiveId;
import io.rosbalena.apt.ArchivedDeb;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import io.rosbalena.store.Progress;
import io.rosbalena.transfer.HttpTransfer;
import io.rosbalena.transfer.LocalServer;
import io.rosbalena.transfer.TransferSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackageDownloadsTest {
    private static final ArchiveId ARCHIVE = new ArchiveId("Test", "Test", "test", "main");

    @TempDir
    private Path folder;

    private BlobStore store;

    @BeforeEach
    void openAStore() throws IOException {
        store = BlobStore.open(folder.resolve("store"));
    }

    private ArchivedDeb deb(String mirror, String name) throws IOException {
        Path file =
                Files.createDirectories(folder.resolve(mirror).resolve("pool")).resolve(name);
        Files.writeString(file, "content of " + name);
        return new ArchivedDeb(ARCHIVE, "pool/" + name, Files.size(file), Digest.of(file));
    }

    private URI root(String mirror) {
        return URI.create(folder.toUri() + mirror + "/");
    }

    private void fetch(List<URI> roots, List<ArchivedDeb> debs) throws IOException {
        fetch(roots, debs, TransferSettings.standard().withOffline(true));
    }

    private void fetch(List<URI> roots, List<ArchivedDeb> debs, TransferSettings settings) throws IOException {
        new PackageDownloads(Map.of(ARCHIVE, roots), new HttpTransfer(settings), store, Progress.SILENT).fetch(debs);
    }

    @Test
    void bringsPackagesIntoTheStore() throws IOException {
        List<ArchivedDeb> debs = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            debs.add(deb("one", "p" + i + "_1%3a2+b1~x_all.deb"));
        }

        fetch(List.of(root("one")), debs);

        assertThat(debs).allMatch(deb -> store.has(deb.sha256()));
        assertThat(PackageDownloads.missing(debs, store)).isEmpty();
    }

    @Test
    void triesTheNextPlace() throws IOException {
        ArchivedDeb first = deb("one", "a.deb");
        ArchivedDeb second = deb("two", "b.deb");
        ArchivedDeb third = deb("two", "c.deb");
        Files.writeString(folder.resolve("one/pool/c.deb"), "something else!!");

        fetch(List.of(root("one"), root("two")), List.of(first, second, third));

        assertThat(PackageDownloads.missing(List.of(first, second, third), store))
                .isEmpty();
    }

    /** The mirror gives the second package when work on the first has begun. */
    @Test
    void workOnAPackageBeginsWhileOthersAreOnTheirWay() throws IOException {
        ArchivedDeb first = deb("one", "a.deb");
        ArchivedDeb second = deb("one", "b.deb");
        CountDownLatch begun = new CountDownLatch(1);
        List<ArchivedDeb> told = new CopyOnWriteArrayList<>();
        try (LocalServer mirror = new LocalServer(exchange -> {
            String path = exchange.getRequestURI().getPath();
            LocalServer.answer(
                    exchange,
                    path.endsWith("a.deb") || hasBegun(begun) ? 200 : 503,
                    Files.readAllBytes(folder.resolve("one" + path)));
        })) {
            new PackageDownloads(
                            Map.of(ARCHIVE, List.of(mirror.uri("/"))),
                            new HttpTransfer(TransferSettings.standard()),
                            store,
                            Progress.SILENT)
                    .telling(deb -> {
                        assertThat(store.has(deb.sha256())).isTrue();
                        told.add(deb);
                        begun.countDown();
                    })
                    .fetch(List.of(second, first));
        }
        assertThat(told).containsExactly(first, second);
    }

    private static boolean hasBegun(CountDownLatch latch) {
        try {
            return latch.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void tellsAllThatCannotBeHadAndKeepsTheRest() throws IOException {
        ArchivedDeb good = deb("one", "good_1_all.deb");
        ArchivedDeb gone = deb("one", "gone_1_all.deb");
        ArchivedDeb changed = deb("one", "changed_1_all.deb");
        ArchivedDeb shorter = deb("one", "shorter_1_all.deb");
        ArchivedDeb lost =
                new ArchivedDeb(new ArchiveId("Lost", "Lost", "x", "main"), "pool/lost.deb", 1, Digest.of("lost"));
        Files.delete(folder.resolve("one/pool/gone_1_all.deb"));
        Files.writeString(folder.resolve("one/pool/changed_1_all.deb"), "CONTENT of changed_1_all.deb");
        Files.writeString(folder.resolve("one/pool/shorter_1_all.deb"), "cont");

        FindingException e = catchThrowableOfType(
                FindingException.class, () -> fetch(List.of(root("one")), List.of(good, gone, changed, shorter, lost)));

        assertThat(e.kind()).isEqualTo(FindingException.Kind.ENVIRONMENT);
        assertThat(e.findings()).extracting(Finding::id).containsExactly("RB250", "RB251", "RB252", "RB252");
        assertThat(e.findings()).allMatch(finding -> finding.fix().isPresent());
        assertThat(e.findings().get(1).fix().orElseThrow()).contains("mvn rosbalena:lock");
        assertThat(store.has(good.sha256())).isTrue();
        assertThat(PackageDownloads.missing(List.of(gone, changed, shorter, lost), store))
                .hasSize(4);
    }

    @Test
    void offlineTellsOnceForEachPlaceAndNotForEachPackage() throws IOException {
        List<ArchivedDeb> debs = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            debs.add(deb("one", "p" + i + ".deb"));
        }

        FindingException e = catchThrowableOfType(
                FindingException.class, () -> fetch(List.of(URI.create("http://archive.invalid/")), debs));

        assertThat(e.findings()).extracting(Finding::id).containsExactly("RB500");
    }

    @Test
    void aHundredPackagesThatTheArchiveNoLongerHasAreOneFinding() throws IOException {
        List<ArchivedDeb> debs = new ArrayList<>();
        for (int i = 100; i < 200; i++) {
            debs.add(deb("one", "p" + i + ".deb"));
            Files.delete(folder.resolve("one/pool/p" + i + ".deb"));
        }

        FindingException e =
                catchThrowableOfType(FindingException.class, () -> fetch(List.of(root("one"), root("two")), debs));

        assertThat(e.findings()).hasSize(1);
        assertThat(e.findings().get(0).print())
                .contains(
                        "RB251 100 locked packages are nowhere any more: not in the store, ",
                        "Test/Test/test/main, looked for at " + root("one") + ", " + root("two") + ": pool/p100.deb, ",
                        "pool/p199.deb\n    mvn rosbalena:lock takes");
    }

    @Test
    void whatASecondPlaceMayHaveIsNotCalledGoneWhereTheFirstCannotBeReached() throws IOException {
        ArchivedDeb deb = deb("two", "a.deb");

        FindingException e = catchThrowableOfType(
                FindingException.class,
                () -> fetch(List.of(root("one"), URI.create("http://archive.invalid/")), List.of(deb)));

        assertThat(e.findings()).extracting(Finding::id).containsExactly("RB500");
    }

    @Test
    void whatOnlyTheUnreachablePlaceMayHaveIsMissedThoughOthersCameFromTheNextPlace() throws IOException {
        ArchivedDeb there = deb("two", "a.deb");
        ArchivedDeb missing = new ArchivedDeb(ARCHIVE, "pool/b.deb", 1, Digest.of("b"));
        List<URI> roots = List.of(URI.create("http://archive.invalid/"), root("two"));

        fetch(roots, List.of(there));
        FindingException e = catchThrowableOfType(FindingException.class, () -> fetch(roots, List.of(there, missing)));

        assertThat(e.findings()).extracting(Finding::id).containsExactly("RB500");
        assertThat(store.has(there.sha256())).isTrue();
    }

    @Test
    void aStoreThatCannotBeWrittenEndsItAtOnce() throws IOException {
        ArchivedDeb deb = deb("one", "a.deb");
        Files.delete(store.temporary());

        assertThatExceptionOfType(FileSystemException.class)
                .isThrownBy(() -> fetch(List.of(root("one"), root("two")), List.of(deb)));
    }

    @Test
    void whatHasNoRoomIsNotBegun() throws IOException {
        ArchivedDeb large = new ArchivedDeb(ARCHIVE, "pool/large.deb", Long.MAX_VALUE - 1, Digest.of("large"));

        FindingException e =
                catchThrowableOfType(FindingException.class, () -> fetch(List.of(root("one")), List.of(large)));

        assertThat(e.findings()).extracting(Finding::id).containsExactly("RB740");
        assertThat(e.getMessage()).contains("too little room", "are needed", "MB are free");
    }

    @Test
    void findsAnArchiveByWhatItSaysOfItselfWhereverItLies() throws IOException {
        var archive = io.rosbalena.apt.ArchiveOnDisk.in(folder.resolve("made"))
                .deb("hello", "1", "all")
                .key("good", "1y")
                .index()
                .release(Map.of())
                .sign("good");
        Path moved = Files.move(archive.root(), folder.resolve("moved"));
        var findings = new io.rosbalena.finding.Findings();
        var sources = new io.rosbalena.apt.source.AptSourceReader(
                        io.rosbalena.apt.source.AptFiles.ofProject(folder),
                        io.rosbalena.apt.source.AptSource.ThirdParties.USE,
                        findings)
                .read("s", "deb " + moved.toUri() + " test main\ndeb file:/nowhere test main\n");

        Map<ArchiveId, List<URI>> locations = AptRepositories.locate(
                sources, "amd64", new HttpTransfer(TransferSettings.standard().withOffline(true)), store);

        assertThat(locations.entrySet())
                .extracting(Map.Entry::getKey, Map.Entry::getValue)
                .containsExactly(
                        Tuple.tuple(new ArchiveId("Test", "Test-Label", "test", "main"), List.of(moved.toUri())));
    }
}
