package io.rosbalena.device;

import io.rosbalena.image.DockerArchive;
import io.rosbalena.image.LayerChain;
import io.rosbalena.json.Json;
import io.rosbalena.json.JsonValue;
import io.rosbalena.store.Digest;
import io.rosbalena.store.Progress;
import java.io.BufferedReader;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A container engine: balenaEngine of a device, docker or podman of this machine. Speaks the API of Docker. */
public final class Engine {
    private static final String PODMAN = "Podman Engine";

    /** An engine says nothing while it unpacks a layer onto a slow card. */
    private static final int LOADING = 10;

    private final DeviceHttp http;
    private final Duration silence;

    /**
     * @param connect how long a connection may take
     * @param silence how long it may stand still
     */
    public Engine(Endpoint endpoint, Duration connect, Duration silence) {
        this.http = new DeviceHttp(endpoint, connect, silence);
        this.silence = silence;
    }

    /** What it is. */
    public EngineKind kind() throws IOException {
        JsonValue version = get("/version");
        Optional<JsonValue> components = version.find("Components");
        boolean podman = false;
        if (components.isPresent()) {
            for (JsonValue component : components.get().items()) {
                podman |= component.get("Name").string().equals(PODMAN);
            }
        }
        String name = (podman ? "podman " : "engine ") + version.get("Version").string();
        return new EngineKind(name, version.get("Arch").string(), podman, !podman && !isOnContainerd());
    }

    /** Such a store knows images by their manifests, and looks for every layer. */
    private boolean isOnContainerd() throws IOException {
        Optional<JsonValue> status = get("/info").find("DriverStatus");
        if (status.isPresent()) {
            for (JsonValue row : status.get().items()) {
                if (row.strings().contains("io.containerd.snapshotter.v1")) {
                    return true;
                }
            }
        }
        return false;
    }

    /** All images that have a name, or are nobody's base. */
    public List<EngineImage> images() throws IOException {
        List<EngineImage> images = new ArrayList<>();
        for (JsonValue item : get("/images/json").items()) {
            Optional<JsonValue> tags = item.find("RepoTags");
            images.add(new EngineImage(
                    digest(item.get("Id").string()),
                    tags.isPresent()
                            ? tags.get().strings().stream()
                                    .filter(tag -> !tag.equals("<none>:<none>"))
                                    .toList()
                            : List.of()));
        }
        return images;
    }

    /** Chain ids of all layers of these images; an image that went in the meantime has none. */
    public Set<Digest> layers(List<EngineImage> images) throws IOException {
        Set<Digest> layers = new HashSet<>();
        for (EngineImage image : images) {
            try (Reply reply = http.get("/images/" + image.id() + "/json")) {
                if (reply.status() == 404) {
                    continue;
                }
                Optional<JsonValue> diffIds = reply.json().get("RootFS").find("Layers");
                List<Digest> read = new ArrayList<>();
                if (diffIds.isPresent()) {
                    for (String diffId : diffIds.get().strings()) {
                        read.add(digest(diffId));
                    }
                }
                layers.addAll(LayerChain.of(read));
            }
        }
        return layers;
    }

    private static Digest digest(String text) throws IOException {
        try {
            // Podman leaves the algorithm out.
            return text.startsWith("sha256:") ? Digest.parse(text) : new Digest(text);
        } catch (IllegalArgumentException e) {
            throw new DeviceException(DeviceException.Kind.GARBAGE, "an image without digest", e);
        }
    }

    /** The image of this name or id; empty where there is none. */
    public Optional<Digest> find(String name) throws IOException {
        try (Reply reply = http.get("/images/" + name + "/json")) {
            return reply.status() == 404
                    ? Optional.empty()
                    : Optional.of(digest(reply.json().get("Id").string()));
        }
    }

    /**
     * Loads images.
     *
     * @param progress hears of the bytes that are sent
     * @throws DeviceException REFUSED with what the engine says, for example that its disk is full
     */
    public void load(DockerArchive archive, Progress progress) throws IOException {
        RequestContent body =
                new RequestContent("application/x-tar", archive.size(), out -> archive.write(new Told(out, progress)));
        // What it tells of its work while it works shows that it still does.
        try (Reply reply = http.withSilence(silence.multipliedBy(LOADING)).send("POST", "/images/load?quiet=0", body);
                BufferedReader lines = new BufferedReader(
                        new InputStreamReader(reply.expect(200).content(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Optional<String> error = error(line);
                if (error.isPresent()) {
                    throw DeviceException.refused(200, error.get());
                }
            }
        }
    }

    private static Optional<String> error(String line) throws IOException {
        if (line.isBlank()) {
            return Optional.empty();
        }
        try {
            Optional<JsonValue> error =
                    Json.parse(line.getBytes(StandardCharsets.UTF_8)).find("error");
            return error.isPresent() ? Optional.of(error.get().string()) : Optional.empty();
        } catch (IOException e) {
            throw new DeviceException(DeviceException.Kind.GARBAGE, "an answer that is no JSON", e);
        }
    }

    /** Gives an image a name, which another one may have had. */
    public void tag(Digest image, String repository, String tag) throws IOException {
        String target = "/images/" + image + "/tag?repo=" + query(repository) + "&tag=" + query(tag);
        try (Reply reply = http.send("POST", target, RequestContent.NONE)) {
            reply.expect(201);
        }
    }

    /** Removes an image that nothing uses; one that is gone or in use is left alone. */
    public void remove(Digest image) throws IOException {
        try (Reply reply = http.send("DELETE", "/images/" + image, RequestContent.NONE)) {
            reply.expect(200, 404, 409);
        }
    }

    /** The image that a container was made from; empty where there is no such container. */
    public Optional<Digest> imageOf(String container) throws IOException {
        try (Reply reply = http.get("/containers/" + query(container) + "/json")) {
            return reply.status() == 404
                    ? Optional.empty()
                    : Optional.of(digest(reply.json().get("Image").string()));
        }
    }

    private JsonValue get(String target) throws IOException {
        try (Reply reply = http.get(target)) {
            return reply.json();
        }
    }

    private static String query(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Tells what goes through it. */
    private static final class Told extends FilterOutputStream {
        private final Progress progress;

        Told(OutputStream out, Progress progress) {
            super(out);
            this.progress = progress;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            progress.transferred(length);
        }

        @Override
        public void write(byte[] bytes) throws IOException {
            write(bytes, 0, bytes.length);
        }
    }
}
