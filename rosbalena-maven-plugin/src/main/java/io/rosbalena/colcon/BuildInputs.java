package io.rosbalena.colcon;

import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import io.rosbalena.store.KeyBuilder;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.TreePath;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a build folder was made from, in two parts: what may change while the folder stays of use, and all the rest.
 * Compilers write down which sources, headers and libraries they read, and {@code make} compiles again by that. Of what
 * CMake itself reads, or a code generator, nobody writes anything down.
 *
 * @param shape digest of everything else: the set of paths, the content of all other files, what colcon is told
 * @param compiled digests of sources, headers and libraries by their path below {@code /ros2_ws}
 */
record BuildInputs(Digest shape, SortedMap<String, Digest> compiled) {
    private static final Pattern COMPILED =
            Pattern.compile(".*\\.(c|cc|cpp|cxx|c\\+\\+|h|hh|hpp|hxx|h\\+\\+|inl|ipp|tpp|tcc|a|so(\\.[0-9.]+)?)");

    BuildInputs {
        compiled = Collections.unmodifiableSortedMap(new TreeMap<>(compiled));
    }

    static BuildInputs of(CompileInput input, BlobStore store) throws IOException {
        KeyBuilder shape =
                new KeyBuilder().add("circumstances", input.withoutFiles().key());
        SortedMap<String, Digest> compiled = new TreeMap<>();
        for (Entry entry : input.unit().sources().entries()) {
            String path = "src/" + input.unit().directory().resolve(entry.path().text());
            if (entry.isFile() && isCompiled(entry.path())) {
                shape.add("compiled", path);
                compiled.put(path, Digest.of(entry.content().bytes()));
            } else {
                shape.add(entry.kind() + " " + (entry.mode() & 0100), path).add("target", entry.target());
                if (entry.isFile()) {
                    shape.add("content", Digest.of(entry.content().bytes()));
                }
            }
        }
        for (Map.Entry<String, List<InstalledFile>> dependency :
                input.visibleFiles().entrySet()) {
            for (InstalledFile file : dependency.getValue()) {
                if (file instanceof InstalledFile.Regular regular && isCompiled(file.path())) {
                    String path = "install/" + dependency.getKey() + "/" + file.path();
                    shape.add("compiled", path);
                    compiled.put(path, regular.blob());
                } else {
                    shape.add("installed " + dependency.getKey(), file.identity());
                }
            }
        }
        return new BuildInputs(shape.build(), compiled);
    }

    private static boolean isCompiled(TreePath path) {
        return COMPILED.matcher(path.name()).matches();
    }
}
