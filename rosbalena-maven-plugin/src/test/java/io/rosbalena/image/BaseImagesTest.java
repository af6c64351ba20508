package io.rosbalena.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rosbalena.RealTool;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.json.Json;
import io.rosbalena.json.JsonValue;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import io.rosbalena.store.Progress;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.LayeredView;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bases made by umoci and skopeo. */
class BaseImagesTest {
    private static final Platform AMD64 = Platform.parse("linux/amd64");
    private static final Platform ARM64 = Platform.parse("linux/arm64");

    @TempDir
    Path folder;

    private BlobStore store;
    private Path layout;

    /** Two layers: a small root, then one that removes, replaces and adds. */
    @BeforeEach
    void makeBase() throws IOException {
        RealTool.require("umoci", "skopeo", "tar");
        store = BlobStore.open(folder.resolve("store"));
        layout = folder.resolve("layout");
        run("umoci", "init", "--layout", "layout");
        run("umoci", "new", "--image", "layout:base");
        run("umoci", "unpack", "--rootless", "--image", "layout:base", "bundle");
        Path root = folder.resolve("bundle/rootfs");
        Files.createDirectories(root.resolve("usr/lib"));
        Files.createDirectories(root.resolve("etc/apt/sources.list.d"));
        Files.createDirectories(root.resolve("var/lib/dpkg"));
        Files.createSymbolicLink(root.resolve("lib"), Path.of("usr/lib"));
        Files.createSymbolicLink(root.resolve("etc/os-release"), Path.of("../usr/lib/os-release"));
        Files.writeString(root.resolve("usr/lib/os-release"), "ID=debian\n");
        Files.writeString(root.resolve("var/lib/dpkg/status"), "Package: base\n");
        Files.writeString(root.resolve("etc/apt/sources.list.d/old.list"), "old");
        Files.writeString(root.resolve("usr/lib/größe"), "x".repeat(3_000_000));
        run("umoci", "repack", "--refresh-bundle", "--image", "layout:base", "bundle");
        Files.delete(root.resolve("etc/apt/sources.list.d/old.list"));
        Files.writeString(root.resolve("etc/apt/sources.list.d/new.sources"), "new");
        Files.writeString(root.resolve("var/lib/dpkg/status"), "Package: upper\n");
        run("umoci", "repack", "--refresh-bundle", "--image", "layout:base", "bundle");
        run("umoci", "config", "--image", "layout:base", "--config.env", "ROS_DISTRO=jazzy", "--architecture", "amd64");
        run("umoci", "gc", "--layout", "layout");
    }

    private String run(String... command) throws IOException {
        return RealTool.run(folder, command);
    }

    private BaseImage read(ManifestSource source) throws IOException {
        try (source) {
            return new BaseImages(store).read(source, AMD64, Progress.SILENT);
        }
    }

    private LayoutSource layout(String ref) {
        return new LayoutSource(layout, Optional.of(ref));
    }

    private static List<Digest> diffIds(BaseImage image) {
        return image.layers().stream().map(Layer::diffId).toList();
    }

    private void assertFinding(String id, String text, ManifestSource source) {
        assertThatThrownBy(() -> read(source)).isInstanceOfSatisfying(FindingException.class, e -> {
            assertThat(e.findings()).extracting(Finding::id).containsExactly(id);
            assertThat(e).hasMessageContaining(text);
        });
    }

    @Test
    void aLayoutIsTakenInWithItsLayersAsTheyAre() throws IOException {
        BaseImage image = read(new LayoutSource(layout, Optional.empty()));
        assertThat(image.config().get("config").get("Env").strings()).contains("ROS_DISTRO=jazzy");
        ImageManifest manifest = ImageManifest.parse(store.bytes(image.manifest()));
        assertThat(image.layers()).hasSize(2);
        assertThat(image.layers())
                .extracting(Layer::digest)
                .containsExactlyElementsOf(
                        manifest.layers().stream().map(Descriptor::digest).toList());
        assertThat(image.layers()).allMatch(layer -> store.has(layer.digest()) && layer.kind() == LayerKind.BASE);
        assertThat(new BaseImages(store).find(image.manifest(), AMD64, Progress.SILENT))
                .contains(image);
    }

    @Test
    void theViewShowsWhatUmociUnpacks() throws IOException {
        BaseImage image = read(layout("base"));
        run("umoci", "unpack", "--rootless", "--image", "layout:base", "again");
        Path root = folder.resolve("again/rootfs");
        try (LayeredView view = new ImageViews(store).open(image.layers(), Progress.SILENT);
                Stream<Path> files = Files.walk(root)) {
            TreeSet<String> unpacked = files.filter(file -> !file.equals(root))
                    .map(file -> root.relativize(file).toString())
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(view.entries().stream().map(entry -> entry.path().text()))
                    .containsExactlyInAnyOrderElementsOf(unpacked);
            for (Entry entry : view.entries()) {
                if (entry.isFile()) {
                    assertThat(root.resolve(entry.path().text()))
                            .hasBinaryContent(entry.content().bytes());
                }
            }
            assertThat(view.list("/etc/apt/sources.list.d")).containsExactly("new.sources");
            assertThat(view.read("/etc/os-release")).hasValue("ID=debian\n".getBytes(StandardCharsets.UTF_8));
            assertThat(view.read("/var/lib/dpkg/status")).hasValue("Package: upper\n".getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void zstdLayersAreCompressedAgain() throws IOException {
        BaseImage gzip = read(layout("base"));
        run(
                "skopeo",
                "copy",
                "--insecure-policy",
                "--dest-compress-format=zstd",
                "--dest-compress",
                "oci:layout:base",
                "oci:zstd:base");
        BaseImage zstd = read(new LayoutSource(folder.resolve("zstd"), Optional.empty()));
        assertThat(diffIds(zstd)).isEqualTo(diffIds(gzip));
        for (Layer layer : zstd.layers()) {
            Path file = Files.copy(
                    store.path(layer.digest()), folder.resolve(layer.digest().hex() + ".gz"));
            run("gzip", "-t", file.toString());
        }
    }

    @Test
    void archivesOfBothKindsGiveTheSameLayers() throws IOException {
        BaseImage base = read(layout("base"));
        run("skopeo", "copy", "--insecure-policy", "oci:layout:base", "oci-archive:oci.tar:base");
        run("skopeo", "copy", "--insecure-policy", "oci:layout:base", "docker-archive:docker.tar:robot/base:1");
        run("gzip", "-k", "docker.tar");
        BaseImage oci = read(new ArchiveSource(folder.resolve("oci.tar"), Optional.empty(), store));
        BaseImage docker = read(new ArchiveSource(folder.resolve("docker.tar"), Optional.empty(), store));
        BaseImage named =
                read(new ArchiveSource(folder.resolve("docker.tar.gz"), Optional.of("docker.io/robot/base:1"), store));
        assertThat(oci.manifest()).isEqualTo(base.manifest());
        assertThat(oci).isEqualTo(base);
        assertThat(diffIds(docker)).isEqualTo(diffIds(base));
        assertThat(named).isEqualTo(docker);
    }

    @Test
    void imagesOnTheSameBaseFromALayoutAndAnArchiveAreTheSame() throws IOException {
        run("skopeo", "copy", "--insecure-policy", "oci:layout:base", "oci-archive:oci.tar:base");
        Digest one = onTopOf(read(layout("base")));
        store = BlobStore.open(folder.resolve("other"));
        assertThat(onTopOf(read(new ArchiveSource(folder.resolve("oci.tar"), Optional.empty(), store))))
                .isEqualTo(one);
    }

    private Digest onTopOf(BaseImage base) throws IOException {
        ImageConfig config =
                new ImageConfig(AMD64, List.of("A=b"), List.of(), "/ros2_ws", Optional.of("SIGINT"), base.config());
        return Image.write(config, base.layers(), store).manifest();
    }

    @Test
    void anIndexIsResolvedToThePlatformAndAttestationsArePassedOver() throws IOException {
        run("umoci", "config", "--image", "layout:base", "--tag", "arm", "--architecture", "arm64");
        List<JsonValue> found = Json.parse(Files.readAllBytes(layout.resolve("index.json")))
                .get("manifests")
                .items();
        String amd = member(found, "base").replace("}", ",\"platform\":{\"os\":\"linux\",\"architecture\":\"amd64\"}}");
        String arm = member(found, "arm")
                .replace("}", ",\"platform\":{\"os\":\"linux\",\"architecture\":\"arm64\",\"variant\":\"v8\"}}");
        String attestation = member(found, "arm")
                .replace(
                        "}",
                        ",\"annotations\":{\"vnd.docker.reference.type\":\"attestation-manifest\"},"
                                + "\"platform\":{\"os\":\"unknown\",\"architecture\":\"unknown\"}}");
        byte[] index = ("{\"schemaVersion\":2,\"mediaType\":\"" + MediaType.INDEX + "\",\"manifests\":[" + attestation
                        + "," + arm + "," + amd + "]}")
                .getBytes(StandardCharsets.UTF_8);
        Files.write(layout.resolve("blobs/sha256").resolve(Digest.of(index).hex()), index);
        Files.writeString(
                layout.resolve("index.json"),
                "{\"schemaVersion\":2,\"manifests\":[" + plain(MediaType.INDEX, Digest.of(index), index.length) + "]}");
        LayoutSource source = new LayoutSource(layout, Optional.empty());
        assertThat(read(source).platform()).isEqualTo(AMD64);
        assertThat(new BaseImages(store).read(source, ARM64, Progress.SILENT).platform())
                .isEqualTo(ARM64);
        assertThatThrownBy(() -> new BaseImages(store).read(source, Platform.parse("linux/riscv64"), Progress.SILENT))
                .hasMessageContaining("RB452")
                .hasMessageContaining("linux/arm64, linux/amd64");
    }

    private static String member(List<JsonValue> manifests, String name) throws IOException {
        for (JsonValue manifest : manifests) {
            Descriptor descriptor = Descriptor.read(manifest);
            if (name.equals(descriptor.annotations().get(OciLayout.REF_NAME))) {
                return plain(descriptor.mediaType(), descriptor.digest(), descriptor.size());
            }
        }
        throw new AssertionError("no " + name);
    }

    private static String plain(String type, Digest digest, long size) {
        return "{\"mediaType\":\"" + type + "\",\"digest\":\"" + digest + "\",\"size\":" + size + "}";
    }

    @Test
    void anImageForAnotherArchitectureIsRefused() throws IOException {
        run("umoci", "config", "--image", "layout:base", "--architecture", "arm64");
        assertFinding("RB452", "is not for linux/amd64; it is for linux/arm64", layout("base"));
    }

    @Test
    void aLayoutOfSeveralImagesNeedsAName() throws IOException {
        run("umoci", "tag", "--image", "layout:base", "other");
        assertFinding("RB453", "base, other", new LayoutSource(layout, Optional.empty()));
        assertFinding("RB451", "there are base, other", layout("third"));
        assertThat(read(layout("other"))).isEqualTo(read(layout("base")));
    }

    @Test
    void whatIsNotThereIsNamed() {
        assertFinding("RB451", "index.json", new LayoutSource(folder.resolve("nowhere"), Optional.empty()));
        assertFinding("RB451", "no file", new ArchiveSource(folder.resolve("none.tar"), Optional.empty(), store));
    }

    @Test
    void aLayerWithOtherBytesIsRefused() throws IOException {
        ImageManifest manifest =
                ImageManifest.parse(store.bytes(read(layout("base")).manifest()));
        Path blob = layout.resolve("blobs/sha256")
                .resolve(manifest.layers().get(0).digest().hex());
        byte[] bytes = Files.readAllBytes(blob);
        bytes[bytes.length / 2] ^= 1;
        Files.delete(blob);
        Files.write(blob, bytes);
        store = BlobStore.open(folder.resolve("other"));
        assertFinding("RB454", manifest.layers().get(0).digest().toString(), layout("base"));
        Files.delete(blob);
        assertFinding("RB454", "is missing", layout("base"));
    }

    @Test
    void layersOtherThanTheConfigurationNamesAreRefused() throws IOException {
        BaseImage image = read(layout("base"));
        ImageManifest manifest = ImageManifest.parse(store.bytes(image.manifest()));
        ImageManifest swapped = new ImageManifest(
                manifest.config(),
                List.of(manifest.layers().get(1), manifest.layers().get(0)));
        Digest digest = store.put(swapped.bytes());
        assertThatThrownBy(() -> new BaseImages(store).find(digest, AMD64, Progress.SILENT))
                .hasMessageContaining("RB454")
                .hasMessageContaining("not those that its configuration names");
    }

    @Test
    void anArchiveThatIsNoImageIsRefused() throws IOException {
        Files.writeString(folder.resolve("file"), "text");
        run("tar", "-cf", "other.tar", "file");
        assertFinding(
                "RB451", "neither index.json", new ArchiveSource(folder.resolve("other.tar"), Optional.empty(), store));
        assertFinding("RB454", "cannot be used", new ArchiveSource(folder.resolve("file"), Optional.empty(), store));
    }
}
