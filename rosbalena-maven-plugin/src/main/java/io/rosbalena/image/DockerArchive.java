package io.rosbalena.image;

import io.rosbalena.json.Json;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import io.rosbalena.tree.Content;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.TarWriter;
import io.rosbalena.tree.TreePath;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Images as the archive that engines load ({@code docker save}, moby {@code image/tarexport}): a configuration and the
 * layers of each, and {@code manifest.json}, which names them. Layers stay compressed, as engines take them. An engine
 * looks for the chain id of a layer before it opens the layer's file, so the files of layers that it has may be missing;
 * podman and engines on containerd's store want all of them.
 */
public final class DockerArchive {
    private static final int BLOCK = 512;

    private final List<Entry> entries;
    private final int layers;

    private DockerArchive(List<Entry> entries, int layers) {
        this.entries = List.copyOf(entries);
        this.layers = layers;
    }

    /**
     * An image of the archive.
     *
     * @param image what it is made of
     * @param names {@code REPOSITORY:TAG} that the engine gives it while it loads; none leaves it without a name
     */
    public record Item(StoredImage image, List<String> names) {
        public Item {
            names = List.copyOf(names);
        }
    }

    /**
     * An archive of these images.
     *
     * @param present chain ids of layers that the engine has
     * @param store holds configurations and layers
     */
    public static DockerArchive of(List<Item> items, Set<Digest> present, BlobStore store) throws IOException {
        Map<String, Entry> files = new LinkedHashMap<>();
        List<Object> manifest = new ArrayList<>();
        for (Item item : items) {
            StoredImage image = item.image();
            List<String> names = new ArrayList<>();
            List<Digest> chain = image.chain();
            for (int i = 0; i < chain.size(); i++) {
                String name = image.diffIds().get(i).hex() + "/layer.tar";
                names.add(name);
                if (!present.contains(chain.get(i))) {
                    files.putIfAbsent(name, blob(name, image.layers().get(i).digest(), store));
                }
            }
            String config = image.id().hex() + ".json";
            files.putIfAbsent(config, blob(config, image.id(), store));
            Map<String, Object> described = new LinkedHashMap<>();
            described.put("Config", config);
            described.put("RepoTags", item.names());
            described.put("Layers", names);
            manifest.add(described);
        }
        int layers = (int)
                files.keySet().stream().filter(name -> name.endsWith(".tar")).count();
        List<Entry> entries = new ArrayList<>(files.values());
        entries.add(Entry.file(TreePath.parse("manifest.json"), 0644, Json.compact(manifest)));
        return new DockerArchive(entries, layers);
    }

    private static Entry blob(String name, Digest digest, BlobStore store) throws IOException {
        Content content = () -> store.read(digest);
        return new Entry(
                TreePath.parse(name), Entry.Kind.FILE, 0644, 0, 0, Entry.EPOCH, "", store.size(digest), content);
    }

    /** The same archive with files before all others, which engines pass over. */
    public DockerArchive behind(List<Entry> files) {
        List<Entry> all = new ArrayList<>(files);
        all.addAll(entries);
        return new DockerArchive(all, layers);
    }

    /** How many layers are in it. */
    public int layers() {
        return layers;
    }

    /** Bytes that {@link #write} writes. */
    public long size() {
        // No name is so long that the archive's format needs a block more for it.
        long content = entries.stream()
                .mapToLong(entry -> BLOCK + (entry.size() + BLOCK - 1) / BLOCK * BLOCK)
                .sum();
        return content + 2 * BLOCK;
    }

    /** Writes the archive; the stream stays open. */
    public void write(OutputStream out) throws IOException {
        TarWriter tar = new TarWriter(out);
        for (Entry entry : entries) {
            tar.write(entry);
        }
        tar.finish();
    }
}
