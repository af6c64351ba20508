package io.rosbalena.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayeredViewTest {
    @TempDir
    Path scratch;

    private final AtomicInteger unpacked = new AtomicInteger();

    /** A layer whose index keeps only what stands below {@code etc}. */
    private UnpackedLayer layer(FileTree tree) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TarWriter tar = new TarWriter(out);
        for (Entry entry : tree.entries()) {
            tar.write(entry);
        }
        tar.finish();
        byte[] archive = out.toByteArray();
        LayerIndex index = LayerIndex.of(
                new ByteArrayInputStream(archive), (path, size) -> path.text().startsWith("etc/"));
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        index.write(new DataOutputStream(written));
        index = LayerIndex.read(new DataInputStream(new ByteArrayInputStream(written.toByteArray())));
        Content opened = () -> {
            unpacked.incrementAndGet();
            return new ByteArrayInputStream(archive);
        };
        return new UnpackedLayer(index, opened, scratch);
    }

    private LayeredView view(FileTree... trees) throws IOException {
        List<UnpackedLayer> layers = new ArrayList<>();
        for (FileTree tree : trees) {
            layers.add(layer(tree));
        }
        return LayeredView.of(layers);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String read(LayeredView view, String path) throws IOException {
        return view.read(path)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .orElse("(none)");
    }

    @Test
    void aHigherLayerReplacesAFile() throws IOException {
        LayeredView view = view(
                new MemoryTree().file("etc/a", 0644, text("old")).file("etc/b", 0644, text("b")),
                new MemoryTree().file("etc/a", 0600, text("new")));
        assertThat(read(view, "/etc/a")).isEqualTo("new");
        assertThat(read(view, "/etc/b")).isEqualTo("b");
        assertThat(view.find("etc/a").orElseThrow().mode()).isEqualTo(0600);
        assertThat(view.list("/etc")).containsExactly("a", "b");
    }

    @Test
    void aWhiteoutTakesAwayWhatStandsBelowOnly() throws IOException {
        LayeredView view = view(
                new MemoryTree()
                        .file("var/cache/x", 0644, text("x"))
                        .file("var/cache/y/z", 0644, text("z"))
                        .file("var/cachet", 0644, text("t")),
                new MemoryTree().file("var/.wh.cache", 0, new byte[0]).file("var/cache/new", 0644, text("new")));
        assertThat(view.list("/var")).containsExactly("cache", "cachet");
        assertThat(view.list("/var/cache")).containsExactly("new");
    }

    @Test
    void anOpaqueDirectoryHidesWhatItHeld() throws IOException {
        LayeredView view = view(
                new MemoryTree().file("opt/a/old", 0644, text("old")).file("opt/b", 0644, text("b")),
                new MemoryTree().file("opt/a/.wh..wh..opq", 0, new byte[0]).file("opt/a/new", 0644, text("new")));
        assertThat(view.list("/opt/a")).containsExactly("new");
        assertThat(view.list("/opt")).containsExactly("a", "b");
    }

    @Test
    void aFileInPlaceOfADirectoryHidesAllOfIt() throws IOException {
        LayeredView view = view(
                new MemoryTree().file("srv/a/b", 0644, text("b")), new MemoryTree().file("srv/a", 0644, text("file")));
        assertThat(read(view, "/srv/a")).isEqualTo("file");
        assertThat(view.find("/srv/a/b")).isEmpty();
    }

    @Test
    void linksAreFollowedInsideTheRoot() throws IOException {
        LayeredView view = view(new MemoryTree()
                .symlink("lib", "usr/lib")
                .symlink("etc/os-release", "../usr/lib/os-release")
                .file("usr/lib/os-release", 0644, text("ID=debian"))
                .symlink("etc/absolute", "/lib/os-release")
                .symlink("etc/escape", "../../../../../usr/lib/os-release")
                .symlink("etc/dangling", "nothing")
                .symlink("loop/a", "b")
                .symlink("loop/b", "a")
                .symlink("loop/self", "self/self"));
        for (String path :
                List.of("/etc/os-release", "etc/absolute", "/etc/escape", "/lib/os-release", "//lib/./os-release")) {
            assertThat(read(view, path)).as(path).isEqualTo("ID=debian");
        }
        assertThat(view.find("/etc/dangling")).isEmpty();
        assertThat(view.find("/loop/a")).isEmpty();
        assertThat(view.find("/loop/self")).isEmpty();
        assertThat(view.findLink("/etc/dangling").orElseThrow().target()).isEqualTo("nothing");
        assertThat(view.list("/lib")).containsExactly("os-release");
        assertThat(view.find("/usr/lib/os-release/x")).isEmpty();
    }

    @Test
    void aHardLinkIsAFileOfItsOwn() throws IOException {
        Entry link = new Entry(
                TreePath.parse("etc/z"), Entry.Kind.HARDLINK, 0644, 0, 0, Entry.EPOCH, "etc/a", 0, Content.EMPTY);
        LayeredView view = view(
                new MemoryTree().file("etc/a", 0644, text("same")).put(link),
                new MemoryTree().file("etc/.wh.a", 0, new byte[0]));
        assertThat(view.find("/etc/a")).isEmpty();
        assertThat(read(view, "/etc/z")).isEqualTo("same");
    }

    @Test
    void whatTheIndexKeepsIsReadWithoutUnpackingAndTheRestByUnpackingOnce() throws IOException {
        try (LayeredView view = view(new MemoryTree()
                .file("etc/kept", 0644, text("kept"))
                .file("usr/a", 0644, text("a"))
                .file("usr/b", 0644, text("content of b")))) {
            assertThat(read(view, "/etc/kept")).isEqualTo("kept");
            assertThat(unpacked).hasValue(0);
            assertThat(read(view, "/usr/b")).isEqualTo("content of b");
            assertThat(read(view, "/usr/a")).isEqualTo("a");
            assertThat(unpacked).hasValue(1);
        }
        try (Stream<Path> left = Files.list(scratch)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void directoriesThatNoEntryTellsOfAreThere() throws IOException {
        LayeredView view = view(new MemoryTree().file("a/b/c", 0644, text("c")));
        assertThat(view.find("/a/b").map(Entry::isDirectory)).isEqualTo(Optional.of(true));
        assertThat(view.list("/")).containsExactly("a");
        assertThat(view.list("/a")).containsExactly("b");
        assertThat(view.list("/a/b/c")).isEmpty();
        assertThat(view.list("/nowhere")).isEmpty();
    }

    @Test
    void namesMadeToConfuseAreListedOnce() throws IOException {
        LayeredView view = view(new MemoryTree()
                .file("d/a", 0644, text(""))
                .file("d/a\u0001", 0644, text(""))
                .file("d/a\uffff\uffff/x", 0644, text(""))
                .file("d/a b", 0644, text(""))
                .file("d/b/\uffff\uffff", 0644, text("")));
        assertThat(view.list("/d")).containsExactly("a", "a\u0001", "a b", "a\uffff\uffff", "b");
        assertThat(view.list("/d/b")).containsExactly("\uffff\uffff");
    }
}
