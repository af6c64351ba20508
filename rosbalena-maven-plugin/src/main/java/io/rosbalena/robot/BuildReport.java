package io.rosbalena.robot;

import io.rosbalena.finding.Finding;
import io.rosbalena.image.Image;
import io.rosbalena.image.Layer;
import io.rosbalena.image.Platform;
import io.rosbalena.json.Json;
import io.rosbalena.store.Digest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** {@code build.json}: what was built, as a pure function of what it was built from. Its schema is build.schema.json. */
final class BuildReport {
    private BuildReport() {}

    static byte[] write(
            Robot robot, Digest lock, SortedMap<Platform, SortedMap<String, Image>> images, List<Finding> findings) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("schema", 1);
        document.put("project", robot.project().coordinates());
        document.put("rosDistro", robot.rosDistro());
        document.put("lock", lock.toString());
        document.put("hermetic", true);
        Map<String, Object> services = new TreeMap<>();
        for (RobotService service : robot.services()) {
            Map<String, Object> platforms = new TreeMap<>();
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
        document.put("services", services);
        document.put("findings", findings.stream().map(BuildReport::finding).toList());
        return Json.pretty(document);
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

    private static Map<String, Object> finding(Finding finding) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", finding.id());
        json.put("severity", finding.severity().word());
        json.put("message", finding.message());
        finding.fix().ifPresent(fix -> json.put("fix", fix));
        finding.file().ifPresent(file -> json.put("file", file));
        if (finding.line() > 0) {
            json.put("line", finding.line());
        }
        if (finding.column() > 0) {
            json.put("column", finding.column());
        }
        finding.service().ifPresent(service -> json.put("service", service));
        finding.packageName().ifPresent(name -> json.put("package", name));
        return json;
    }
}
