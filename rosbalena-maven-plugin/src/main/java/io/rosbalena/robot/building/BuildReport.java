package io.rosbalena.robot.building;

import io.rosbalena.compose.Service;
import io.rosbalena.finding.Finding;
import io.rosbalena.image.Descriptor;
import io.rosbalena.image.Image;
import io.rosbalena.image.ImageManifest;
import io.rosbalena.image.Layer;
import io.rosbalena.image.LayerKind;
import io.rosbalena.image.OciLayout;
import io.rosbalena.image.Platform;
import io.rosbalena.json.Json;
import io.rosbalena.lint.report.FindingsJson;
import io.rosbalena.robot.project.Repository;
import io.rosbalena.robot.project.Robot;
import io.rosbalena.robot.project.RobotService;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** {@code build.json}: what was built, as a pure function of what it was built from. Its schema is build.schema.json. */
final class BuildReport {
    private BuildReport() {}

    /**
     * The report's bytes.
     *
     * @param lock digest of the lock's file
     * @param images what was built, by platform and service
     * @param foreign what was copied, by platform
     * @param store holds the manifests and configurations of what was copied
     */
    static byte[] write(
            Robot robot,
            Digest lock,
            SortedMap<Platform, SortedMap<String, Image>> images,
            Map<Platform, List<OciLayout.Entry>> foreign,
            List<Finding> findings,
            BlobStore store)
            throws IOException {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("schema", 1);
        document.put("project", robot.project().coordinates());
        document.put("rosDistro", robot.rosDistro());
        document.put("lock", lock.toString());
        document.put("hermetic", robot.engine().isHermetic());
        SortedMap<String, Object> services = new TreeMap<>();
        for (RobotService service : robot.services()) {
            SortedMap<String, Object> platforms = new TreeMap<>();
            images.forEach((platform, built) -> {
                Image image = built.get(service.name());
                if (image != null) {
                    platforms.put(platform.toString(), image(image));
                }
            });
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("packages", new ArrayList<>(service.packages()));
            one.put("platforms", platforms);
            services.put(service.name(), one);
        }
        for (Service service : robot.compose().services().values()) {
            if (service.isForeign()) {
                services.put(service.name(), copied(service, foreign, store));
            }
        }
        robot.contract().ifPresent(contract -> document.put("contract", contract.members()));
        document.put("services", services);
        document.put(
                "repositories",
                robot.repositories().stream().map(BuildReport::repository).toList());
        document.put("findings", FindingsJson.list(findings));
        return Json.pretty(document);
    }

    private static Map<String, Object> repository(Repository repository) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("path", repository.path());
        json.put("type", repository.type());
        json.put("url", repository.url());
        repository.version().ifPresent(version -> json.put("version", version));
        repository.commit().ifPresent(commit -> json.put("commit", commit));
        repository.dirty().ifPresent(dirty -> json.put("dirty", dirty));
        return json;
    }

    private static Map<String, Object> image(Image image) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("manifest", image.manifest().toString());
        json.put("config", image.config().toString());
        json.put("compressedSize", image.compressedSize());
        json.put("size", image.size());
        json.put("layers", image.layers().stream().map(BuildReport::layer).toList());
        return json;
    }

    private static Map<String, Object> copied(
            Service service, Map<Platform, List<OciLayout.Entry>> foreign, BlobStore store) throws IOException {
        SortedMap<String, Object> platforms = new TreeMap<>();
        for (List<OciLayout.Entry> entries : foreign.values()) {
            for (OciLayout.Entry entry : entries) {
                if (entry.name().equals(service.name())) {
                    platforms.put(entry.platform().toString(), copied(entry.manifest(), store));
                }
            }
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("packages", List.of());
        json.put("image", service.image().orElse(""));
        json.put("platforms", platforms);
        return json;
    }

    /** How large its layers are unpacked is not known: they are copied as they are. */
    private static Map<String, Object> copied(Digest digest, BlobStore store) throws IOException {
        ImageManifest manifest = ImageManifest.parse(store.bytes(digest));
        List<String> diffIds = Json.parse(store.bytes(manifest.config().digest()))
                .get("rootfs")
                .get("diff_ids")
                .strings();
        if (diffIds.size() != manifest.layers().size()) {
            throw new IOException("the image " + digest + " has "
                    + manifest.layers().size() + " layers, its configuration " + diffIds.size());
        }
        List<Object> layers = new ArrayList<>();
        for (int i = 0; i < diffIds.size(); i++) {
            Descriptor descriptor = manifest.layers().get(i);
            Map<String, Object> layer = new LinkedHashMap<>();
            layer.put("digest", descriptor.digest().toString());
            layer.put("diffId", diffIds.get(i));
            layer.put("compressedSize", descriptor.size());
            layer.put("kind", LayerKind.BASE.word());
            layer.put("holds", List.of());
            layers.add(layer);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("manifest", digest.toString());
        json.put("config", manifest.config().digest().toString());
        json.put(
                "compressedSize",
                manifest.layers().stream().mapToLong(Descriptor::size).sum());
        json.put("layers", layers);
        return json;
    }

    private static Map<String, Object> layer(Layer layer) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("digest", layer.digest().toString());
        json.put("diffId", layer.diffId().toString());
        json.put("compressedSize", layer.compressedSize());
        json.put("size", layer.size());
        json.put("kind", layer.kind().word());
        json.put("holds", layer.holds());
        return json;
    }
}
