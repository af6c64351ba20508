package io.rosbalena.image.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rosbalena.RealTool;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.image.Layer;
import io.rosbalena.image.LayerKind;
import io.rosbalena.image.gzip.Compressors;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import io.rosbalena.store.Progress;
import io.rosbalena.store.SharedResults;
import io.rosbalena.tree.Content;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.FileTree;
import io.rosbalena.tree.MemoryTree;
import io.rosbalena.tree.TarWriter;
import io.rosbalena.tree.TreePath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayerWriterTest {
    @TempDir
    Path folder;

    private BlobStore store;
    private final AtomicInteger opened = new AtomicInteger();

    @BeforeEach
    void open() throws IOException {
        store = BlobStore.open(folder.resolve("store"));
    }

    private LayerPart part(String name, FileTree tree) {
        return new LayerPart(name, Digest.of(name), () -> {
            opened.incrementAndGet();
            return tree;
        });
    }

    /** Half text, half noise, larger than two pieces. */
    private static byte[] bytes(long seed, int length) {
        byte[] bytes = new byte[length];
        Random random = new Random(seed);
        random.nextBytes(bytes);
        for (int i = 0; i < length / 2; i++) {
            bytes[i] = (byte) ('a' + (bytes[i] & 7));
        }
        return bytes;
    }

    private LayerPart packageOf(int number) {
        String name = "p" + number;
        return part(
                name,
                new MemoryTree()
                        .directory("usr", 0755)
                        .directory("usr/share", 0755)
                        .directory("usr/share/" + name, 0755)
                        .file("usr/share/" + name + "/data", 0644, bytes(number, 300_000 * number + 17))
                        .symlink("usr/share/" + name + "/link", "data"));
    }

    private List<LayerPart> packages(int count) {
        return IntStream.range(0, count).mapToObj(this::packageOf).toList();
    }

    private Layer write(int threads, List<LayerPart> parts) throws IOException {
        return new LayerWriter(store, SharedResults.NONE, Compressors::ofThisMachine, threads)
                .write(new LayerPlan(LayerKind.SYSTEM, parts), Progress.SILENT);
    }

    @Test
    void aLayerHoldsItsDirectoriesFirstAndThenThePartsInTheirOrder() throws IOException {
        LayerPart first = part(
                "first",
                new MemoryTree()
                        .directory("z", 0750)
                        .file("z/file", 0644, new byte[] {1})
                        .symlink("a", "z"));
        LayerPart second = part(
                "second",
                new MemoryTree()
                        .directory("b", 0755)
                        .directory("z", 0755)
                        .file("b/file", 0755, "x".getBytes(StandardCharsets.UTF_8)));
        Layer layer = write(2, List.of(first, second));

        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        TarWriter tar = new TarWriter(expected);
        tar.write(Entry.directory(TreePath.parse("b"), 0755));
        tar.write(Entry.directory(TreePath.parse("z"), 0750));
        tar.write(Entry.symlink(TreePath.parse("a"), "z"));
        tar.write(Entry.file(TreePath.parse("z/file"), 0644, new byte[] {1}));
        tar.write(Entry.file(TreePath.parse("b/file"), 0755, "x".getBytes(StandardCharsets.UTF_8)));
        tar.finish();
        try (InputStream in = new GZIPInputStream(store.read(layer.digest()))) {
            assertThat(in.readAllBytes()).isEqualTo(expected.toByteArray());
        }
        assertThat(layer.diffId()).isEqualTo(Digest.of(expected.toByteArray()));
        assertThat(layer.size()).isEqualTo(expected.size());
        assertThat(layer.compressedSize()).isEqualTo(store.size(layer.digest()));
        assertThat(layer.holds()).containsExactly("first", "second");
    }

    @Test
    void theBytesDoNotDependOnTheNumberOfThreads() throws IOException {
        // The largest, of more pieces than there is room for, stands before and behind many small ones.
        List<LayerPart> parts = new ArrayList<>(packages(12));
        parts.add(0, packageOf(50));
        parts.add(packageOf(60));
        Layer serial = write(1, parts);
        store = BlobStore.open(folder.resolve("other"));
        assertThat(write(4, parts)).isEqualTo(serial);
    }

    @Test
    void theFindingsOfAllFilesThatCannotBeReadAreToldAtOnceAndNothingIsLeftBehind() throws IOException {
        List<LayerPart> parts = new ArrayList<>(packages(8));
        parts.add(2, part("first", changing("usr/first", "RB717")));
        parts.add(part("second", changing("usr/second", "RB718")));
        assertThatThrownBy(() -> write(2, parts))
                .isInstanceOfSatisfying(
                        FindingException.class,
                        e -> assertThat(e.findings()).extracting(Finding::id).containsExactly("RB717", "RB718"));
        try (Stream<Path> left = Files.list(store.temporary())) {
            assertThat(left).isEmpty();
        }
    }

    /** A file that is another one when it is read. */
    private static FileTree changing(String path, String finding) {
        Entry entry = new Entry(TreePath.parse(path), Entry.Kind.FILE, 0644, 0, 0, 0, "", 5_000_000, () -> {
            throw FindingException.input(Finding.error(finding, path + " has changed"));
        });
        return MemoryTree.of(List.of(entry));
    }

    @Test
    void aFileThatEndsTooEarlyStopsTheLayer() {
        Entry entry = new Entry(
                TreePath.parse("usr/short"),
                Entry.Kind.FILE,
                0644,
                0,
                0,
                0,
                "",
                3_000_000,
                Content.of(new byte[2_000_000]));
        assertThatThrownBy(() -> write(2, List.of(packageOf(2), part("short", MemoryTree.of(List.of(entry))))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("usr/short ends 1000000 bytes before its size");
    }

    @Test
    void theBytesDoNotDependOnTheZlibOfTheMachine() throws IOException {
        Layer standard = write(2, packages(6));
        store = BlobStore.open(folder.resolve("other"));
        Layer other = new LayerWriter(
                        store, SharedResults.NONE, () -> Compressors.choose(LayerWriterTest::compressOtherwise), 2)
                .write(new LayerPlan(LayerKind.SYSTEM, packages(6)), Progress.SILENT);
        assertThat(other).isEqualTo(standard);
    }

    /** A zlib of another maker: valid streams, other bytes. */
    private static void compressOtherwise(ByteBuffer raw, ByteBuffer packed) {
        Deflater deflater = new Deflater(1, true);
        deflater.setInput(raw);
        deflater.deflate(packed, Deflater.SYNC_FLUSH);
        deflater.end();
    }

    @Test
    void gzipAndPythonReadTheOneMember() throws IOException {
        RealTool.require("gzip", "python3");
        Layer layer = write(2, packages(8));
        Path file = store.path(layer.digest());
        RealTool.run(
                folder,
                "gzip",
                "-t",
                "--",
                Files.copy(file, folder.resolve("l.gz")).toString());
        String script = "import sys, zlib, hashlib; d = zlib.decompressobj(31);"
                + "t = d.decompress(open(sys.argv[1], 'rb').read());"
                + "print(hashlib.sha256(t).hexdigest(), d.eof, d.unused_data)";
        assertThat(RealTool.run(folder, "python3", "-c", script, file.toString()))
                .isEqualTo(layer.diffId().hex() + " True b''\n");
    }

    @Test
    void aLayerWithTheSamePartsIsLookedUpWhole() throws IOException {
        Layer layer = write(2, packages(4));
        assertThat(opened).hasValue(4);
        assertThat(write(2, packages(4))).isEqualTo(layer);
        assertThat(opened).hasValue(4);
    }

    @Test
    void ofAnotherLayerOnlyTheNewPartsAreOpened() throws IOException {
        write(2, packages(5));
        List<LayerPart> changed = new ArrayList<>(packages(5));
        changed.set(1, packageOf(9));
        Layer incremental = write(2, changed);
        assertThat(opened).hasValue(6);

        store = BlobStore.open(folder.resolve("other"));
        assertThat(write(1, changed)).isEqualTo(incremental);
    }

    @Test
    void aPartOfSeveralLayersIsOpenedOnce() throws IOException {
        List<Layer> layers = new LayerWriter(store)
                .writeAll(
                        List.of(
                                new LayerPlan(LayerKind.SYSTEM, packages(3)),
                                new LayerPlan(LayerKind.ROS, packages(4))),
                        Progress.SILENT);
        assertThat(opened).hasValue(4);
        assertThat(layers).extracting(Layer::kind).containsExactly(LayerKind.SYSTEM, LayerKind.ROS);
    }

    @Test
    void aPartWhoseStoredBytesWereDamagedIsMadeAgain() throws IOException {
        Layer layer = write(2, packages(4));
        rot(store.path(layer.digest()));
        List<LayerPart> more = packages(5);
        Layer next = write(2, more);

        store = BlobStore.open(folder.resolve("other"));
        assertThat(write(2, more)).isEqualTo(next);
    }

    /** Changes a bit as a failing disk does, which nobody sees from outside. */
    private static void rot(Path blob) throws IOException {
        FileTime written = Files.getLastModifiedTime(blob);
        byte[] bytes = Files.readAllBytes(blob);
        bytes[bytes.length / 2] ^= 1;
        Files.delete(blob);
        Files.write(blob, bytes);
        Files.setLastModifiedTime(blob, written);
    }

    /** What was begun of the others is more than there is room for, and goes to nobody. */
    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    @Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aDamagedPartBeforeLargeOnesIsMadeAgain(int threads) throws IOException {
        Layer layer = write(2, packages(2));
        rot(store.path(layer.digest()));
        List<LayerPart> more = new ArrayList<>(packages(2));
        IntStream.range(30, 38).mapToObj(this::packageOf).forEach(more::add);
        opened.set(0);
        Layer next = write(threads, more);
        assertThat(opened).hasValue(10);

        store = BlobStore.open(folder.resolve("other"));
        assertThat(write(2, more)).isEqualTo(next);
    }

    @Test
    void theFindingsOfAllPartsAreToldAtOnceAndNothingIsLeftBehind() throws IOException {
        LayerPart good = packageOf(3);
        LayerPart bad = new LayerPart("bad", Digest.of("bad"), () -> {
            throw FindingException.input(Finding.error("RB240", "bad is damaged"));
        });
        LayerPart worse = new LayerPart("worse", Digest.of("worse"), () -> {
            throw FindingException.input(Finding.error("RB241", "worse leaves the root"));
        });
        assertThatThrownBy(() -> write(2, List.of(bad, good, worse)))
                .isInstanceOfSatisfying(
                        FindingException.class,
                        e -> assertThat(e.findings()).extracting(Finding::id).containsExactly("RB240", "RB241"));
        try (Stream<Path> left = Files.list(store.temporary())) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void aSourceThatCannotBeReadStopsTheLayer() {
        LayerPart broken = new LayerPart("broken", Digest.of("broken"), () -> {
            throw new IOException("no such blob");
        });
        assertThatThrownBy(() -> write(2, List.of(packageOf(1), broken)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no such blob");
    }

    @Test
    void bsdtarListsALayer() throws IOException {
        RealTool.require("bsdtar");
        Layer layer = write(2, packages(3));
        assertThat(RealTool.run(
                                folder,
                                "bsdtar",
                                "-tf",
                                store.path(layer.digest()).toString())
                        .lines())
                .contains("usr/share/", "usr/share/p2/data", "usr/share/p2/link");
    }
}
