package io.rosbalena.image;

import io.rosbalena.json.Json;
import io.rosbalena.json.JsonValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of an image, see OCI image-spec {@code config.md}. It says nothing of when, where or by whom the
 * image was made, so that the same content has the same digest.
 *
 * @param platform that the image is for
 * @param env {@code NAME=value}, in the order to be written
 * @param cmd what runs if the manifest gives no command; none if empty
 * @param workingDir absolute
 * @param stopSignal sent to end a container, for example {@code SIGINT}; the engine's default if absent
 * @param base configuration of the image below, whose members that this record does not name are carried over; an
 *     empty object if there is none
 */
public record ImageConfig(
        Platform platform,
        List<String> env,
        List<String> cmd,
        String workingDir,
        Optional<String> stopSignal,
        JsonValue base) {
    /** 2000-01-01T00:00:00Z, the time that every image of ours claims to be made. */
    public static final String CREATED = "2000-01-01T00:00:00Z";

    /** No base image. */
    public static final JsonValue NO_BASE = new JsonValue(Map.of());

    // What Docker's own builder left about its work in old images, true of nothing that is built on them.
    private static final Set<String> OF_THE_BASE_ALONE =
            Set.of("id", "parent", "container", "container_config", "docker_version", "comment", "throttle");

    // The user of our images is root, and their entry point is the command's first word.
    private static final Set<String> DROPPED = Set.of("User", "Entrypoint", "Image", "Hostname", "Domainname");

    public ImageConfig {
        env = List.copyOf(env);
        cmd = List.copyOf(cmd);
        for (String variable : env) {
            if (variable.indexOf('=') < 1) {
                throw new IllegalArgumentException("not NAME=value: \"" + variable + "\"");
            }
        }
    }

    /**
     * The canonical bytes: members sorted by name.
     *
     * @param layers all layers of the image, those of the base first
     * @throws IOException if the base's configuration is not of the form that the specification gives it
     */
    public byte[] bytes(List<Layer> layers) throws IOException {
        Map<String, @Nullable Object> document = new TreeMap<>();
        for (Map.Entry<String, JsonValue> member : base.members().entrySet()) {
            if (!OF_THE_BASE_ALONE.contains(member.getKey())) {
                document.put(member.getKey(), member.getValue());
            }
        }
        document.remove("variant");
        document.putAll(platform.json());
        document.put("created", CREATED);
        document.put("config", config());
        document.put(
                "rootfs",
                new TreeMap<>(Map.of(
                        "type",
                        "layers",
                        "diff_ids",
                        layers.stream().map(Layer::diffId).toList())));
        document.put("history", history(layers));
        return Json.compact(document);
    }

    private Map<String, @Nullable Object> config() throws IOException {
        Map<String, @Nullable Object> config = new TreeMap<>();
        Optional<JsonValue> below = base.find("config");
        if (below.isPresent()) {
            config.putAll(below.get().members());
        }
        DROPPED.forEach(config::remove);
        config.put("Env", env);
        set(config, "Cmd", cmd.isEmpty() ? Optional.empty() : Optional.of(cmd));
        config.put("WorkingDir", workingDir);
        set(config, "StopSignal", stopSignal);
        return config;
    }

    private static void set(Map<String, @Nullable Object> config, String name, Optional<?> value) {
        if (value.isPresent()) {
            config.put(name, value.get());
        } else {
            config.remove(name);
        }
    }

    /** One entry for each layer; the base's own where it tells as many layers as it has. */
    private List<Object> history(List<Layer> layers) throws IOException {
        long below =
                layers.stream().filter(layer -> layer.kind() == LayerKind.BASE).count();
        List<Object> history = new ArrayList<>();
        Optional<JsonValue> told = base.find("history");
        if (told.isPresent() && layersTold(told.get()) == below) {
            history.addAll(told.get().items());
        } else {
            layers.stream().filter(layer -> layer.kind() == LayerKind.BASE).forEach(layer -> history.add(entry(layer)));
        }
        layers.stream().filter(layer -> layer.kind() != LayerKind.BASE).forEach(layer -> history.add(entry(layer)));
        return history;
    }

    private static Map<String, Object> entry(Layer layer) {
        return new TreeMap<>(Map.of(
                "created", CREATED, "created_by", "rosbalena " + layer.kind().word()));
    }

    private static long layersTold(JsonValue history) throws IOException {
        long count = 0;
        for (JsonValue entry : history.items()) {
            Optional<JsonValue> empty = entry.find("empty_layer");
            if (empty.isEmpty() || !empty.get().flag()) {
                count++;
            }
        }
        return count;
    }
}
