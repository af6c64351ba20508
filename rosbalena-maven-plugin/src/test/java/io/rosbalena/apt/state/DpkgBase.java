package io.rosbalena.apt.state;

import io.rosbalena.RealTool;
import io.rosbalena.apt.deb.DebFile;
import io.rosbalena.apt.deb.Md5;
import io.rosbalena.apt.deb.PackageTree;
import io.rosbalena.apt.deb.PathRewrite;
import io.rosbalena.tree.Content;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.FileTree;
import io.rosbalena.tree.LayerIndex;
import io.rosbalena.tree.LayeredView;
import io.rosbalena.tree.TarWriter;
import io.rosbalena.tree.TreePath;
import io.rosbalena.tree.UnpackedLayer;
import io.rosbalena.tree.Whiteout;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A root that the real dpkg fills, and the same as the layers of an image with ours above. */
final class DpkgBase {
    private final Path folder;
    private final Path root;
    private List<UnpackedLayer> layers = List.of();
    private final List<String> options = new ArrayList<>();
    private final List<String> said = new ArrayList<>();

    private DpkgBase(Path folder) throws IOException {
        this.folder = folder;
        this.root = Files.createDirectory(folder.resolve("real"));
    }

    /** An empty root with a merged {@code /usr}; skips the test where dpkg cannot give files to their owners. */
    static DpkgBase in(Path folder) throws IOException {
        RealTool.require("dpkg", "dpkg-deb", "tar");
        Assumptions.assumeTrue(
                System.getProperty("user.name").equals("root"), "skipped: only root unpacks files of other users");
        DpkgBase base = new DpkgBase(folder);
        for (String name : List.of("bin", "lib", "sbin")) {
            Files.createDirectories(base.root.resolve("usr/" + name));
            Files.createSymbolicLink(base.root.resolve(name), Path.of("usr/" + name));
        }
        return base;
    }

    Path file(String path) {
        return root.resolve(path);
    }

    DpkgBase write(String path, String text) throws IOException {
        Files.createDirectories(file(path).getParent());
        Files.writeString(file(path), text);
        return this;
    }

    /** Options that the real dpkg gets besides; it reads no configuration of the root. */
    DpkgBase options(String... more) {
        options.addAll(List.of(more));
        return this;
    }

    /** Installs packages with the real dpkg, which keeps conffiles that were changed. */
    DpkgBase install(Path... debs) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "dpkg",
                "--force-confold",
                "--auto-deconfigure",
                "--force-depends",
                "--force-bad-path",
                "--log=/dev/null",
                "--root=" + root,
                "--install"));
        command.addAll(1, options);
        Stream.of(debs).map(Path::toString).forEach(command::add);
        RealTool.run(folder, command.toArray(String[]::new));
        return this;
    }

    /** From here on the root as it is now is the base that ours stands on. */
    DpkgBase isTheBase() throws IOException {
        layers = List.of(layer(archive(root)));
        return this;
    }

    private Path archive(Path tree) throws IOException {
        Path tar = Files.createTempFile(folder, "tree", ".tar");
        RealTool.run(
                folder,
                "tar",
                "--numeric-owner",
                "--format=gnu",
                "--sort=name",
                "-C",
                tree.toString(),
                "-cf",
                tar.toString(),
                ".");
        return tar;
    }

    private UnpackedLayer layer(Path tar) throws IOException {
        return layer(Files.readAllBytes(tar));
    }

    private UnpackedLayer layer(byte[] tar) throws IOException {
        return new UnpackedLayer(
                LayerIndex.of(new ByteArrayInputStream(tar), (path, size) -> true), Content.of(tar), folder);
    }

    private UnpackedLayer layer(FileTree tree) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TarWriter tar = new TarWriter(out);
        for (Entry entry : tree.entries()) {
            tar.write(entry);
        }
        tar.finish();
        return layer(out.toByteArray());
    }

    /** What the real root holds now, each path in words. */
    SortedMap<String, String> real() throws IOException {
        return words(LayeredView.of(List.of(layer(archive(root)))));
    }

    /** The state of packages on the base. */
    PlatformState state(Path... debs) throws IOException {
        LayeredView view = LayeredView.of(layers);
        List<DebFacts> facts = new ArrayList<>();
        for (Path deb : debs) {
            facts.add(SmallFacts.of(deb));
        }
        PlatformState state = PlatformState.of(new PlatformInput(
                "amd64",
                facts,
                new TreeMap<>(),
                Set.of(),
                rewrite(view),
                files(view),
                UnknownScripts.WARN,
                new TreeMap<>()));
        state.findings().forEach(finding -> said.add(finding.print()));
        return state;
    }

    List<String> said() {
        return said;
    }

    /** What an image of these packages on the base holds, each path in words. */
    SortedMap<String, String> ours(Path... debs) throws IOException {
        PlatformState state = state(debs);
        List<UnpackedLayer> all = new ArrayList<>(layers);
        for (Path deb : debs) {
            try (DebFile file = DebFile.open(deb);
                    FileTree tree =
                            PackageTree.of(file, state.placement(file.control().packageName()))) {
                all.add(layer(tree));
            }
        }
        all.add(layer(Whiteout.with(state.tree(), state.removed())));
        return words(LayeredView.of(all));
    }

    private static PathRewrite rewrite(LayeredView view) {
        return new PathRewrite() {
            @Override
            public TreePath apply(TreePath path) {
                if (path.isRoot()) {
                    return path;
                }
                Optional<Entry> there = view.find(path.absolute());
                return there.map(Entry::path)
                        .orElseGet(() -> apply(path.parent()).resolve(path.name()));
            }
        };
    }

    private static BaseFiles files(LayeredView view) {
        return new BaseFiles() {
            @Override
            public Optional<byte[]> read(String path) throws IOException {
                return view.read(path);
            }

            @Override
            public List<String> list(String directory) {
                return view.list(directory);
            }

            @Override
            public Optional<FileFact> find(String path) {
                return view.findLink(path).map(FileFact::of);
            }
        };
    }

    /** Everything but dpkg's own locks and copies of its files before. */
    private static SortedMap<String, String> words(LayeredView view) throws IOException {
        SortedMap<String, String> words = new TreeMap<>();
        for (Entry entry : view.entries()) {
            String path = entry.path().text();
            if (path.matches("var/lib/dpkg/(lock.*|.*-old|available|updates|tmp\\.ci|parts|triggers/Lock)")
                    || path.equals("tmp")) {
                continue;
            }
            String content =
                    entry.isFile() ? Md5.of(entry.content()) + " of " + entry.size() + " bytes" : entry.target();
            words.put(
                    path,
                    entry.kind() + " " + Integer.toOctalString(entry.mode()) + " " + entry.uid() + ":" + entry.gid()
                            + " " + content);
        }
        view.close();
        return words;
    }

    /** The text of a file of ours and of the real one, for messages. */
    Map<String, String> texts(String path, PlatformState state) throws IOException {
        return Map.of("real", Files.readString(file(path)), "ours", SmallFacts.text(state.tree(), path));
    }
}
