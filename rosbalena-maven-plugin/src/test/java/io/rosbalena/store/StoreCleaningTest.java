package io.rosbalena.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreCleaningTest {
    private static final FileTime LONG_AGO = FileTime.from(Instant.ofEpochSecond(1000));

    @TempDir
    private Path folder;

    private BlobStore store;

    @BeforeEach
    void open() throws IOException {
        store = BlobStore.open(folder.resolve("store"));
    }

    @Test
    void whatWasUsedLongestAgoGoesFirst() throws IOException {
        Digest used = put("used");
        Digest old = put("old");
        Files.setLastModifiedTime(store.path(used), LONG_AGO);
        Files.setLastModifiedTime(store.path(old), LONG_AGO);
        assertThat(store.has(used)).isTrue();

        assertThat(StoreCleaning.shrink(store, 5)).contains(new StoreCleaning.Outcome(3, 4));
        assertThat(store.has(old)).isFalse();
        assertThat(store.has(used)).isTrue();
        assertThat(StoreCleaning.shrink(store, 0)).contains(new StoreCleaning.Outcome(4, 0));
    }

    @Test
    void aRootCountsWithAllItsFilesAndGoesAsAWhole() throws IOException {
        Path root = Files.createDirectories(store.root().resolve("roots/00/root/usr"));
        Files.writeString(root.resolve("a"), "12345");
        Files.writeString(store.root().resolve("roots/00/manifest"), "1234");
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("r-xr-xr-x"));
        Digest blob = put("blob");

        assertThat(StoreCleaning.shrink(store, 13)).contains(new StoreCleaning.Outcome(0, 13));
        Files.setLastModifiedTime(store.root().resolve("roots/00"), LONG_AGO);
        assertThat(StoreCleaning.shrink(store, 12)).contains(new StoreCleaning.Outcome(9, 4));
        assertThat(store.root().resolve("roots")).isEmptyDirectory();
        assertThat(store.temporary()).isEmptyDirectory();
        assertThat(store.has(blob)).isTrue();
    }

    @Test
    void whatACompilerCacheGrewToCountsAnew() throws IOException {
        Path cache = Files.createDirectories(store.root().resolve("ccache/00/1"));
        Files.writeString(cache.resolve("a"), "12345");
        assertThat(StoreCleaning.shrink(store, 9)).contains(new StoreCleaning.Outcome(0, 5));

        Files.writeString(cache.resolve("b"), "12345");
        Digest blob = put("blob");
        Files.setLastModifiedTime(store.root().resolve("ccache/00"), LONG_AGO);
        assertThat(StoreCleaning.shrink(store, 14)).contains(new StoreCleaning.Outcome(0, 14));
        assertThat(StoreCleaning.shrink(store, 13)).contains(new StoreCleaning.Outcome(10, 4));
        assertThat(store.root().resolve("ccache")).isEmptyDirectory();
        assertThat(store.has(blob)).isTrue();
    }

    @Test
    void whatKilledProcessesLeftGoesInAnyCase() throws IOException {
        Files.writeString(store.temporary().resolve("x.blob"), "half");
        Files.createDirectories(store.root().resolve("layers/.00.half/usr"));
        Files.createDirectories(store.root().resolve("layers/00/usr"));
        assertThat(StoreCleaning.shrink(store, Long.MAX_VALUE)).contains(new StoreCleaning.Outcome(0, 0));
        assertThat(store.temporary()).isEmptyDirectory();
        assertThat(store.root().resolve("layers")).isDirectoryContaining("glob:**/00");
        assertThat(store.root().resolve("layers/.00.half")).doesNotExist();
    }

    @Test
    void nothingGoesWhileAThreadUsesTheStore() throws IOException {
        Digest blob = put("blob");
        try (StoreUse first = StoreUse.begin(store)) {
            try (StoreUse second = StoreUse.begin(store)) {
                assertThat(StoreCleaning.shrink(store, 0)).isEmpty();
            }
            assertThat(StoreCleaning.shrink(store, 0)).isEmpty();
            assertThat(store.has(blob)).isTrue();
        }
        assertThat(StoreCleaning.shrink(store, 0)).contains(new StoreCleaning.Outcome(4, 0));
    }

    @Test
    void nothingGoesWhileAnotherProcessUsesTheStoreAndAKilledOneCountsNoMore() throws Exception {
        put("blob");
        Process other = user();
        try {
            assertThat(firstLine(other)).isEqualTo("using");
            try (StoreUse mine = StoreUse.begin(store)) {
                assertThat(StoreCleaning.shrink(store, 0)).isEmpty();
            }
            assertThat(StoreCleaning.shrink(store, 0)).isEmpty();
        } finally {
            other.destroyForcibly().waitFor();
        }
        assertThat(StoreCleaning.shrink(store, 0)).contains(new StoreCleaning.Outcome(4, 0));
    }

    @Test
    void whoComesWhileTheStoreIsShutWaits() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        Optional<StoreLock> shut = StoreUse.shut(store);
        Thread other = new Thread(() -> {
            try (StoreUse use = StoreUse.begin(store)) {
                begun.countDown();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        try (StoreLock held = shut.orElseThrow()) {
            other.start();
            assertThat(begun.await(100, TimeUnit.MILLISECONDS)).isFalse();
        }
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        other.join();
    }

    private Digest put(String text) throws IOException {
        return store.put(text.getBytes(StandardCharsets.UTF_8));
    }

    private Process user() throws IOException, URISyntaxException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        where(StoreUse.class) + File.pathSeparator + where(StoreUser.class),
                        StoreUser.class.getName(),
                        store.root().toString())
                .redirectErrorStream(true)
                .start();
    }

    private static Path where(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private static String firstLine(Process process) throws IOException {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
    }
}
