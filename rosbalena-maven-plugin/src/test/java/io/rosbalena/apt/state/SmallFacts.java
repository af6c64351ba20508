package io.rosbalena.apt.state;

import io.rosbalena.apt.deb.DebFile;
import io.rosbalena.apt.deb.SmallDeb;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.FileTree;
import io.rosbalena.tree.TreePath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Facts of packages that dpkg-deb has built, and a look into what is made of them. */
final class SmallFacts {
    private SmallFacts() {}

    static DebFacts of(SmallDeb deb) throws IOException {
        return of(deb.build());
    }

    static DebFacts of(Path deb) throws IOException {
        try (DebFile file = DebFile.open(deb)) {
            return DebFacts.of(file);
        }
    }

    static PlatformState state(DebFacts... packages) throws IOException {
        return PlatformState.of(PlatformInput.assembled("amd64", List.of(packages), Set.of(), new TreeMap<>()));
    }

    static Optional<Entry> find(FileTree tree, String path) {
        return tree.entries().stream()
                .filter(entry -> entry.path().equals(TreePath.parse(path)))
                .findFirst();
    }

    static String text(FileTree tree, String path) throws IOException {
        return new String(
                find(tree, path)
                        .orElseThrow(() -> new AssertionError("no " + path))
                        .content()
                        .bytes(),
                java.nio.charset.StandardCharsets.UTF_8);
    }
}
