package io.rosbalena.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.RealTool;
import io.rosbalena.image.layer.LayerPart;
import io.rosbalena.image.layer.LayerPlan;
import io.rosbalena.image.layer.LayerWriter;
import io.rosbalena.json.Json;
import io.rosbalena.json.JsonValue;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import io.rosbalena.store.Progress;
import io.rosbalena.tree.MemoryTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OciLayoutTest {
    private static final Platform AMD64 = Platform.parse("linux/amd64");
    private static final Platform ARM64 = Platform.parse("linux/arm64");

    @TempDir
    Path folder;

    private BlobStore store;
    private Path images;

    @BeforeEach
    void open() throws IOException {
        store = BlobStore.open(folder.resolve("store"));
        images = folder.resolve("target/images");
    }

    private Image image(Platform platform, String text) throws IOException {
        List<Layer> layers = new LayerWriter(store)
                .writeAll(List.of(plan(LayerKind.SYSTEM, "common"), plan(LayerKind.WORKSPACE, text)), Progress.SILENT);
        ImageConfig config = new ImageConfig(
                platform,
                List.of("LANG=C.UTF-8", "PATH=/usr/bin:/bin"),
                List.of("/ros2_ws/run", "--ros-args"),
                "/ros2_ws",
                Optional.of("SIGINT"),
                ImageConfig.NO_BASE);
        return Image.write(config, layers, store);
    }

    private static LayerPlan plan(LayerKind kind, String text) {
        MemoryTree tree = new MemoryTree()
                .directory("ros2_ws", 0755)
                .file("ros2_ws/" + text, 0644, text.getBytes(StandardCharsets.UTF_8))
                .symlink("ros2_ws/link-" + text, text);
        return new LayerPlan(kind, List.of(new LayerPart(text, Digest.of(text), () -> tree)));
    }

    private void write(OciLayout.Entry... entries) throws IOException {
        new OciLayout(images).write(List.of(entries), store);
    }

    private static OciLayout.Entry entry(String name, Image image) {
        return new OciLayout.Entry(name, image.platform(), image.manifest());
    }

    private List<String> blobs() throws IOException {
        try (Stream<Path> files = Files.list(images.resolve("blobs/sha256"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void everyBlobIsThereUnderItsDigestAndSharesTheStoresFile() throws IOException {
        Image image = image(AMD64, "camera");
        write(entry("camera", image));
        assertThat(blobs()).hasSize(4);
        for (String name : blobs()) {
            Path blob = images.resolve("blobs/sha256").resolve(name);
            assertThat(Digest.of(blob).hex()).isEqualTo(name);
            assertThat(Files.isSameFile(blob, store.path(new Digest(name)))).isTrue();
        }
    }

    @Test
    void skopeoFindsTheImageOfAServiceAndPlatform() throws IOException {
        RealTool.require("skopeo");
        write(
                entry("camera", image(AMD64, "camera")),
                entry("camera", image(ARM64, "camera")),
                entry("planner", image(AMD64, "planner")));
        JsonValue inspected = Json.parse(RealTool.run(folder, "skopeo", "inspect", "oci:" + images + ":planner")
                .getBytes(StandardCharsets.UTF_8));
        assertThat(inspected.get("Architecture").string()).isEqualTo("amd64");
        assertThat(inspected.get("Created").string()).isEqualTo(ImageConfig.CREATED);
        assertThat(inspected.get("Env").strings()).containsExactly("LANG=C.UTF-8", "PATH=/usr/bin:/bin");
        JsonValue index = Json.parse(Files.readAllBytes(images.resolve("index.json")));
        assertThat(index.get("manifests").items())
                .extracting(manifest -> Descriptor.read(manifest).platform().orElseThrow())
                .containsExactly(AMD64, ARM64, AMD64);
    }

    @Test
    void skopeoCopiesAnImageAndKeepsItsDigest() throws IOException {
        RealTool.require("skopeo");
        Image image = image(ARM64, "camera");
        write(entry("camera", image));
        RealTool.run(
                folder,
                "skopeo",
                "copy",
                "--insecure-policy",
                "--override-arch=arm64",
                "oci:" + images + ":camera",
                "dir:" + folder.resolve("copy"));
        assertThat(Digest.of(folder.resolve("copy/manifest.json"))).isEqualTo(image.manifest());
        JsonValue config = Json.parse(
                Files.readAllBytes(folder.resolve("copy").resolve(image.config().hex())));
        assertThat(config.get("variant").string()).isEqualTo("v8");
    }

    @Test
    void umociUnpacksAnImage() throws IOException {
        RealTool.require("umoci");
        write(entry("camera", image(AMD64, "camera")));
        RealTool.run(folder, "umoci", "unpack", "--rootless", "--image", images + ":camera", "bundle");
        Path root = folder.resolve("bundle/rootfs/ros2_ws");
        assertThat(root.resolve("common")).hasContent("common");
        assertThat(Files.readSymbolicLink(root.resolve("link-camera"))).hasToString("camera");
    }

    @Test
    void blobsOfEarlierImagesGo() throws IOException {
        write(entry("camera", image(AMD64, "camera")), entry("planner", image(AMD64, "planner")));
        int before = blobs().size();
        Image camera = image(AMD64, "camera");
        write(entry("camera", camera));
        assertThat(blobs()).hasSize(before - 3).contains(camera.manifest().hex());
    }

    @Test
    void theSameImagesGiveTheSameIndexWhateverTheirOrder() throws IOException {
        List<OciLayout.Entry> entries = new ArrayList<>(
                List.of(entry("planner", image(AMD64, "planner")), entry("camera", image(ARM64, "camera"))));
        write(entries.get(0), entries.get(1));
        byte[] first = Files.readAllBytes(images.resolve("index.json"));
        write(entries.get(1), entries.get(0));
        assertThat(images.resolve("index.json")).hasBinaryContent(first);
    }
}
