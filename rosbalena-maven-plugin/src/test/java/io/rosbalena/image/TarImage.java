package io.rosbalena.image;

import io.rosbalena.RealTool;
import io.rosbalena.json.Json;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** An image whose layers hold one file each, packed by tar. */
public final class TarImage {
    private TarImage() {}

    /** An image with a layer for each of these texts. */
    public static StoredImage in(Path folder, BlobStore store, String... texts) throws IOException {
        List<Descriptor> layers = new ArrayList<>();
        List<Digest> diffIds = new ArrayList<>();
        for (String text : texts) {
            Path root = Files.createTempDirectory(folder, "layer");
            Files.writeString(root.resolve("file"), text);
            RealTool.run(root, "tar", "--mtime=@0", "-cf", "../layer.tar", "file");
            byte[] tar = Files.readAllBytes(folder.resolve("layer.tar"));
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (OutputStream gzip = new GZIPOutputStream(packed)) {
                gzip.write(tar);
            }
            layers.add(Descriptor.of(MediaType.LAYER_GZIP, store.put(packed.toByteArray()), packed.size()));
            diffIds.add(Digest.of(tar));
        }
        byte[] config = Json.compact(Map.of(
                "architecture",
                "amd64",
                "os",
                "linux",
                "config",
                Map.of("Cmd", List.of("x")),
                "rootfs",
                Map.of("type", "layers", "diff_ids", diffIds)));
        Descriptor described = Descriptor.of(MediaType.CONFIG, store.put(config), config.length);
        return StoredImage.read(store.put(new ImageManifest(described, layers).bytes()), store);
    }
}
