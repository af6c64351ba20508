package io.rosbalena.apt.elf;

import io.rosbalena.json.JsonValue;
import io.rosbalena.store.Codec;
import io.rosbalena.store.Digest;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.FileTree;
import io.rosbalena.tree.TreePath;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the programs and shared objects of a package are linked with.
 *
 * @param objects by the place where the package has them
 */
public record Linkages(SortedMap<TreePath, Linkage> objects) {
    /** Written as JSON. */
    public static final Codec<Linkages> CODEC = new JsonCodec();

    /** The first bytes of a Python file, a text or an archive are enough; no ELF file is smaller than its header. */
    private static final int SMALLEST = 52;

    public Linkages {
        objects = Collections.unmodifiableSortedMap(new TreeMap<>(objects));
    }

    /** Reads the files of a package. */
    public static Linkages of(FileTree files) throws IOException {
        SortedMap<TreePath, Linkage> objects = new TreeMap<>();
        for (Entry entry : files.entries()) {
            if (entry.isFile() && entry.size() >= SMALLEST) {
                Optional<Linkage> linkage = Linkage.read(entry.content());
                linkage.ifPresent(found -> objects.put(entry.path(), found));
            }
        }
        return new Linkages(objects);
    }

    private static final class JsonCodec implements Codec<Linkages> {
        @Override
        public Object encode(Linkages linkages) {
            SortedMap<String, Object> written = new TreeMap<>();
            linkages.objects().forEach((path, linkage) -> written.put(path.text(), linkage.encode()));
            return written;
        }

        @Override
        public Linkages decode(JsonValue document) throws IOException {
            SortedMap<TreePath, Linkage> objects = new TreeMap<>();
            for (Map.Entry<String, JsonValue> one : document.members().entrySet()) {
                objects.put(TreePath.parse(one.getKey()), Linkage.decode(one.getValue()));
            }
            return new Linkages(objects);
        }

        @Override
        public List<Digest> blobs(Linkages linkages) {
            return List.of();
        }
    }
}
