package io.rosbalena.image;

import io.rosbalena.json.Json;
import io.rosbalena.json.JsonValue;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Progress;
import io.rosbalena.tree.MalformedArchiveException;
import io.rosbalena.tree.TreePath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * An image in a tar archive, plain or compressed: {@code tar:PATH}. Either an OCI layout, or what {@code docker save}
 * writes ({@code manifest.json}). Reading the archive puts all that it holds into the store.
 */
public final class ArchiveSource implements ManifestSource {
    private static final TreePath OCI_INDEX = TreePath.parse("index.json");
    private static final TreePath DOCKER_MANIFEST = TreePath.parse("manifest.json");

    private final Path file;
    private final Optional<String> ref;
    private final BlobStore store;
    private Optional<ArchiveContents> contents = Optional.empty();

    /**
     * An image in an archive.
     *
     * @param ref its name in the archive; may be left out where there is one image only
     */
    public ArchiveSource(Path file, Optional<String> ref, BlobStore store) {
        this.file = file;
        this.ref = ref;
        this.store = store;
    }

    @Override
    public String name() {
        return "tar:" + file + ref.map(r -> "#" + r).orElse("");
    }

    @Override
    public byte[] top() throws IOException {
        ArchiveContents archive = contents();
        Optional<ArchiveContents.Item> index = archive.find(OCI_INDEX);
        if (index.isPresent()) {
            return LayoutIndex.choose(small(index.get()), ref, "tar:" + file);
        }
        Optional<ArchiveContents.Item> manifest = archive.find(DOCKER_MANIFEST);
        if (manifest.isPresent()) {
            try {
                return dockerManifest(archive, Json.parse(small(manifest.get())));
            } catch (IOException e) {
                throw new MalformedImageException(e);
            }
        }
        throw BaseProblem.missing(name(), "the archive holds neither index.json nor manifest.json");
    }

    @Override
    public byte[] document(Descriptor descriptor) throws IOException {
        if (!store.has(descriptor.digest())) {
            contents();
        }
        if (!store.has(descriptor.digest())) {
            throw new MalformedImageException("the archive does not hold " + descriptor.digest());
        }
        return small(new ArchiveContents.Item(descriptor.digest(), store.size(descriptor.digest())));
    }

    @Override
    public void fetch(List<Descriptor> blobs, BlobStore into, Progress progress) throws IOException {
        contents();
        for (Descriptor blob : blobs) {
            if (!into.has(blob.digest())) {
                throw BaseProblem.malformed(
                        name(), new MalformedImageException("the archive does not hold " + blob.digest()));
            }
        }
    }

    private ArchiveContents contents() throws IOException {
        if (contents.isEmpty()) {
            try {
                contents = Optional.of(ArchiveContents.read(file, name(), store));
            } catch (MalformedArchiveException e) {
                throw BaseProblem.malformed(name(), e);
            }
        }
        return contents.get();
    }

    /** Docker's own list of images names files, not digests: here it gets the OCI manifest that belongs to it. */
    private byte[] dockerManifest(ArchiveContents archive, JsonValue images) throws IOException {
        JsonValue image = chooseImage(images);
        ArchiveContents.Item config = archive.get(image.get("Config").string());
        List<Descriptor> layers = new ArrayList<>();
        for (String path : image.get("Layers").strings()) {
            ArchiveContents.Item layer = archive.get(path);
            layers.add(Descriptor.of(MediaType.LAYER_TAR, layer.digest(), layer.size()));
        }
        return new ImageManifest(Descriptor.of(MediaType.CONFIG, config.digest(), config.size()), layers).bytes();
    }

    private JsonValue chooseImage(JsonValue images) throws IOException {
        List<JsonValue> chosen = new ArrayList<>();
        NavigableSet<String> names = new TreeSet<>();
        for (JsonValue image : images.items()) {
            Optional<JsonValue> tags = image.find("RepoTags");
            List<String> itsNames = tags.isPresent() ? tags.get().strings() : List.of();
            names.addAll(itsNames);
            if (ref.isEmpty() || itsNames.contains(ref.get())) {
                chosen.add(image);
            }
        }
        if (chosen.isEmpty()) {
            throw BaseProblem.missing(name(), "the archive holds " + String.join(", ", names));
        }
        if (chosen.size() > 1) {
            throw BaseProblem.ambiguous("tar:" + file, names.isEmpty() ? List.of("NAME") : names);
        }
        return chosen.get(0);
    }

    private byte[] small(ArchiveContents.Item item) throws IOException {
        if (item.size() > LARGEST_MANIFEST) {
            throw new MalformedImageException("a manifest of " + item.size() + " bytes in the archive");
        }
        return store.bytes(item.digest());
    }
}
