package io.rosbalena.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rosbalena.json.JsonValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {
    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    private BlobStore store;

    @BeforeEach
    void open() throws IOException {
        store = BlobStore.open(folder.resolve("store"));
    }

    @Test
    void aBlobIsFoundUnderTheDigestOfItsBytes() throws IOException {
        // sha256sum of "hello"
        Digest digest = Digest.parse("sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
        assertThat(store.put(HELLO)).isEqualTo(digest);
        assertThat(store.bytes(digest)).isEqualTo(HELLO);
        assertThat(store.path(digest)).isReadable();
        assertThat(Files.getPosixFilePermissions(store.path(digest))).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void aBlobThatIsNotThePromisedOneIsNeverVisible() throws IOException {
        Digest promised = Digest.of("something else");
        try (BlobWriter writer = store.create()) {
            writer.write(HELLO);
            assertThatThrownBy(() -> writer.commit(promised))
                    .isInstanceOf(DigestMismatchException.class)
                    .hasMessageContaining(promised.hex());
        }
        assertThat(store.has(promised)).isFalse();
        assertThat(store.has(Digest.of(HELLO))).isFalse();
        assertThat(store.temporary()).isEmptyDirectory();
    }

    @Test
    void aBlobThatSomethingElseWroteToIsReadAndGoesIfItIsAnother() throws IOException {
        Digest damaged = store.put(HELLO);
        Digest touched = store.put("hello, too".getBytes(StandardCharsets.UTF_8));
        FileTime strange = FileTime.from(Instant.parse("2026-01-01T00:00:00.5Z"));
        assertThat(store.path(damaged).toFile().setWritable(true)).isTrue();
        Files.writeString(store.path(damaged), "hallo");
        for (Digest one : List.of(damaged, touched)) {
            Files.setLastModifiedTime(store.path(one), strange);
        }

        assertThat(store.has(damaged)).isFalse();
        assertThat(store.path(damaged)).doesNotExist();
        assertThat(store.has(touched)).isTrue();
        assertThat(Files.getLastModifiedTime(store.path(touched))).isNotEqualTo(strange);
    }

    @Test
    void aWriterThatIsGivenUpLeavesNothing() throws IOException {
        try (BlobWriter writer = store.create()) {
            writer.write(HELLO);
        }
        assertThat(store.temporary()).isEmptyDirectory();
    }

    @Test
    void aStageRunsOnceForTheSameInput() throws IOException {
        Counting stage = new Counting(store);
        Remembered<String, Digest> remembered = new Remembered<>(stage, store);
        assertThat(remembered.get("a", Progress.SILENT).reused()).isFalse();
        assertThat(remembered.get("a", Progress.SILENT).reused()).isTrue();
        assertThat(remembered.get("b", Progress.SILENT).reused()).isFalse();
        assertThat(stage.inputs).containsExactly("a", "b");
    }

    @Test
    void aResultWhoseBlobIsGoneIsComputedAgain() throws IOException {
        Counting stage = new Counting(store);
        Remembered<String, Digest> remembered = new Remembered<>(stage, store);
        Digest blob = remembered.get("a", Progress.SILENT).value();
        Files.delete(store.path(blob));
        assertThat(remembered.get("a", Progress.SILENT).reused()).isFalse();
        assertThat(store.has(blob)).isTrue();
    }

    @Test
    void aResultThatWasDamagedIsComputedAgain() throws IOException {
        Counting stage = new Counting(store);
        Remembered<String, Digest> remembered = new Remembered<>(stage, store);
        remembered.get("a", Progress.SILENT);
        try (var files =
                Files.newDirectoryStream(store.root().resolve("results").resolve("counting"))) {
            for (Path file : files) {
                Files.writeString(file, "\"sha256:");
            }
        }
        assertThat(remembered.get("a", Progress.SILENT).reused()).isFalse();
        assertThat(remembered.get("a", Progress.SILENT).reused()).isTrue();
    }

    @Test
    void keysOfDifferentListsDiffer() {
        assertThat(new KeyBuilder().add("ab", "c").build())
                .isNotEqualTo(new KeyBuilder().add("a", "bc").build());
        assertThat(new KeyBuilder().add("a", List.of("b", "c")).build())
                .isNotEqualTo(new KeyBuilder().add("a", List.of("bc")).build());
    }

    @Test
    void oneNameIsUsedByOneThreadAtATime() throws Exception {
        CountDownLatch second = new CountDownLatch(1);
        Thread other = new Thread(() -> {
            try (StoreLock lock = StoreLock.acquire(store, "root")) {
                second.countDown();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        try (StoreLock lock = StoreLock.acquire(store, "root")) {
            other.start();
            assertThat(second.await(100, TimeUnit.MILLISECONDS)).isFalse();
        }
        assertThat(second.await(10, TimeUnit.SECONDS)).isTrue();
        other.join();
    }

    @Test
    void anUnchangedFileIsNotWrittenAgain() throws IOException {
        Path file = folder.resolve("new/file");
        assertThat(AtomicFile.writeIfChanged(file, HELLO)).isTrue();
        assertThat(AtomicFile.writeIfChanged(file, HELLO)).isFalse();
        assertThat(file).hasBinaryContent(HELLO);
    }

    private static final class Counting implements Stage<String, Digest> {
        private final BlobStore store;
        private final List<String> inputs = new ArrayList<>();

        private Counting(BlobStore store) {
            this.store = store;
        }

        @Override
        public String id() {
            return "counting";
        }

        @Override
        public int version() {
            return 1;
        }

        @Override
        public Digest key(String input) {
            return Digest.of(input);
        }

        @Override
        public Digest run(String input, Progress progress) throws IOException {
            inputs.add(input);
            return store.put(input.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public Codec<Digest> codec() {
            return new Codec<>() {
                @Override
                public Object encode(Digest result) {
                    return result.toString();
                }

                @Override
                public Digest decode(JsonValue document) throws IOException {
                    return Digest.parse(document.string());
                }

                @Override
                public List<Digest> blobs(Digest result) {
                    return List.of(result);
                }
            };
        }
    }
}
