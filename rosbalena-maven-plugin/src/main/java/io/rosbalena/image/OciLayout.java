package io.rosbalena.image;

import io.rosbalena.json.Json;
import io.rosbalena.json.JsonValue;
import io.rosbalena.store.AtomicFile;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import io.rosbalena.store.StoreTime;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Images as a folder that other programs read, see OCI image-spec {@code image-layout.md}. Whoever reads it while it is
 * written sees the images of before or those of now, each whole.
 */
public final class OciLayout {
    /** Names an image in {@code index.json}, see OCI image-spec {@code annotations.md}. */
    public static final String REF_NAME = "org.opencontainers.image.ref.name";

    private static final String VERSION_FILE = "oci-layout";
    private static final String INDEX_FILE = "index.json";

    private final Path folder;
    private final Path blobs;

    public OciLayout(Path folder) {
        this.folder = folder;
        this.blobs = folder.resolve("blobs").resolve("sha256");
    }

    /**
     * An image in the layout.
     *
     * @param name the service
     * @param platform that the image is for
     * @param manifest an OCI or Docker manifest in the store, with all that it names
     */
    public record Entry(String name, Platform platform, Digest manifest) {}

    /**
     * Makes the layout hold exactly these images. Blobs are hard links to those of the store where the file system
     * allows it, else copies.
     *
     * @throws IOException if a blob is not in the store, or the disk fails
     */
    public void write(List<Entry> images, BlobStore store) throws IOException {
        Files.createDirectories(blobs);
        Set<Digest> needed = new LinkedHashSet<>();
        List<Object> manifests = new ArrayList<>();
        List<Entry> sorted = images.stream()
                .sorted(Comparator.comparing(Entry::name)
                        .thenComparing(image -> image.platform().toString()))
                .toList();
        for (Entry image : sorted) {
            byte[] bytes = store.bytes(image.manifest());
            ImageManifest manifest = ImageManifest.parse(bytes);
            needed.add(image.manifest());
            needed.add(manifest.config().digest());
            manifest.layers().forEach(layer -> needed.add(layer.digest()));
            manifests.add(new Descriptor(
                            mediaType(bytes),
                            image.manifest(),
                            bytes.length,
                            Optional.of(image.platform()),
                            new TreeMap<>(Map.of(REF_NAME, image.name())))
                    .json());
        }
        for (Digest digest : needed) {
            link(store, digest);
        }
        Map<String, Object> index = new LinkedHashMap<>();
        index.put("schemaVersion", 2);
        index.put("mediaType", MediaType.INDEX);
        index.put("manifests", manifests);
        byte[] version = "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(StandardCharsets.UTF_8);
        AtomicFile.writeIfChanged(folder.resolve(VERSION_FILE), version);
        AtomicFile.writeIfChanged(folder.resolve(INDEX_FILE), Json.compact(index));
        removeAllBut(needed);
    }

    /**
     * The images that the folder holds; none if it is no layout.
     *
     * @throws IOException if its index does not read
     */
    public List<Entry> read() throws IOException {
        Path index = folder.resolve(INDEX_FILE);
        List<Entry> images = new ArrayList<>();
        if (!Files.isRegularFile(index)) {
            return images;
        }
        for (JsonValue item :
                Json.parse(Files.readAllBytes(index)).get("manifests").items()) {
            Descriptor image = Descriptor.read(item);
            Optional<String> name = Optional.ofNullable(image.annotations().get(REF_NAME));
            if (name.isPresent() && image.platform().isPresent()) {
                images.add(new Entry(name.get(), image.platform().get(), image.digest()));
            }
        }
        return images;
    }

    /**
     * The manifest of one of its images, whose layers are put into a store that lost them.
     *
     * @throws IOException if it is not there whole
     */
    public ImageManifest open(Entry image, BlobStore store) throws IOException {
        ImageManifest manifest = ImageManifest.parse(Files.readAllBytes(blob(image.manifest())));
        for (Descriptor layer : manifest.layers()) {
            if (!store.has(layer.digest())) {
                try (InputStream in = Files.newInputStream(blob(layer.digest()))) {
                    Digest put = store.put(in);
                    if (!put.equals(layer.digest())) {
                        throw new IOException(blob(layer.digest()) + " is damaged");
                    }
                }
            }
        }
        return manifest;
    }

    private Path blob(Digest digest) {
        return blobs.resolve(digest.hex());
    }

    private static String mediaType(byte[] manifest) throws IOException {
        Optional<JsonValue> type = Json.parse(manifest).find("mediaType");
        return type.isPresent() ? type.get().string() : MediaType.MANIFEST;
    }

    private void link(BlobStore store, Digest digest) throws IOException {
        Path source = store.path(digest);
        Path target = blob(digest);
        if (isWhole(target, source)) {
            return;
        }
        Path temporary = blobs.resolve("." + digest.hex() + "." + UUID.randomUUID());
        try {
            try {
                Files.createLink(temporary, source);
            } catch (IOException | UnsupportedOperationException e) {
                // Another file system, or one without hard links, or the store of another user.
                Files.copy(source, temporary);
                StoreTime.give(temporary);
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static boolean isWhole(Path target, Path source) throws IOException {
        if (!Files.isRegularFile(target)) {
            return false;
        }
        BasicFileAttributes attributes = Files.readAttributes(target, BasicFileAttributes.class);
        return attributes.size() == Files.size(source) && StoreTime.isOne(attributes.lastModifiedTime());
    }

    private void removeAllBut(Set<Digest> needed) throws IOException {
        Set<String> names = new LinkedHashSet<>();
        needed.forEach(digest -> names.add(digest.hex()));
        try (DirectoryStream<Path> present = Files.newDirectoryStream(blobs)) {
            for (Path blob : present) {
                if (!names.contains(blob.getFileName().toString())) {
                    Files.delete(blob);
                }
            }
        }
    }
}
