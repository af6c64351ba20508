package io.rosbalena.device;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.rosbalena.json.Json;
import io.rosbalena.json.JsonValue;
import io.rosbalena.store.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Does what balena's Supervisor does in local mode, as its sources (19.0.5) have it: refuses what it refuses, and makes
 * containers of a real engine from the target state, each anew only if its image's id, its configuration or the commit
 * has changed. Fields that it does not know are refused, though the real one drops them with a warning.
 */
public final class StandInSupervisor implements AutoCloseable {
    private static final int LIMIT = 10 << 20;

    /** What {@code compose/types/service.ts} has, as far as our manifests use it. */
    private static final Set<String> FIELDS = Set.of(
            "imageId",
            "serviceId",
            "serviceName",
            "image",
            "running",
            "environment",
            "labels",
            "command",
            "entrypoint",
            "network_mode",
            "ipc",
            "volumes",
            "restart",
            "stop_signal",
            "stop_grace_period",
            "working_dir",
            "depends_on",
            "privileged",
            "tmpfs");

    private final LocalEngine engine;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ExecutorService applying = Executors.newSingleThreadExecutor();
    private final List<BlockingQueue<String>> listeners = new CopyOnWriteArrayList<>();
    private volatile Object config = new LinkedHashMap<>(Map.of("SUPERVISOR_LOCAL_MODE", "true"));
    private volatile Object apps = Map.of();
    private volatile int pending;

    /** Method and path of each request. */
    public final List<String> requests = new CopyOnWriteArrayList<>();

    /** Names of the containers that were made, one for each time. */
    public final List<String> started = new CopyOnWriteArrayList<>();

    public volatile boolean localMode = true;
    public volatile String version = "17.4.2";
    public volatile String architecture = "amd64";

    /** What it answers to the next state; none for what it should. */
    public volatile Optional<String> refusal = Optional.empty();

    public StandInSupervisor(LocalEngine engine) throws IOException {
        this.engine = engine;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                requests.add(exchange.getRequestMethod() + " "
                        + exchange.getRequestURI().getPath());
                handle(exchange);
            } catch (RuntimeException e) {
                answer(exchange, 500, failed(e.toString()));
            }
        });
        server.start();
    }

    /** One that only tells logs. */
    public static StandInSupervisor withoutEngine() throws IOException {
        return new StandInSupervisor(null);
    }

    /** Says that a service has printed this. */
    public void service(String name, String text) {
        tell(Map.of("message", text, "timestamp", 0, "serviceName", name));
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** Ends all streams of logs, as a Supervisor does that is updated. */
    public void dropLogs() {
        listeners.forEach(listener -> listener.add(""));
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.equals("/ping")) {
            send(exchange, 200, "text/html", "OK".getBytes(StandardCharsets.UTF_8));
            return;
        }
        if (!localMode) {
            send(exchange, 401, "text/plain", "Unauthorized".getBytes(StandardCharsets.UTF_8));
            return;
        }
        switch (exchange.getRequestMethod() + " " + path) {
            case "GET /v2/version" -> answer(exchange, 200, Map.of("status", "success", "version", version));
            case "GET /v2/local/device-info" ->
                answer(
                        exchange,
                        200,
                        Map.of(
                                "status",
                                "success",
                                "info",
                                Map.of("arch", architecture, "deviceType", "genericx86-64-ext")));
            case "GET /v2/local/target-state" -> answer(exchange, 200, Map.of("status", "success", "state", state()));
            case "POST /v2/local/target-state" -> set(exchange);
            case "GET /v2/state/status" -> answer(exchange, 200, status());
            case "GET /v2/local/logs" -> logs(exchange);
            default -> send(exchange, 404, "text/html", "Cannot find it".getBytes(StandardCharsets.UTF_8));
        }
    }

    private Map<String, Object> state() {
        Map<String, Object> local = new LinkedHashMap<>();
        local.put("name", "happy-surf");
        local.put("config", config);
        local.put("apps", apps);
        return Map.of("local", local, "dependent", Map.of("apps", Map.of(), "devices", Map.of()));
    }

    private static Map<String, Object> failed(String message) {
        return Map.of("status", "failed", "message", message);
    }

    private void set(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(LIMIT + 1);
        if (body.length > LIMIT) {
            answer(exchange, 413, failed("request entity too large"));
            return;
        }
        if (refusal.isPresent()) {
            answer(exchange, 400, failed(refusal.get()));
            return;
        }
        JsonValue local;
        JsonValue app;
        try {
            JsonValue document = Json.parse(body);
            local = document.get("local");
            if (!List.of("1").equals(List.copyOf(local.get("apps").members().keySet()))) {
                throw new IOException("other apps than 1");
            }
            if (!local.get("config").equals(new JsonValue(config))
                    || !local.get("name").string().equals("happy-surf")) {
                throw new IOException("another configuration would restart the device");
            }
            app = local.get("apps").get("1");
            check(app);
        } catch (IOException e) {
            answer(exchange, 400, failed(e.getMessage()));
            return;
        }
        apps = local.get("apps").raw();
        synchronized (this) {
            pending++;
        }
        applying.execute(() -> apply(app));
        answer(exchange, 200, Map.of("status", "success", "message", "OK"));
    }

    private static void check(JsonValue app) throws IOException {
        app.get("name").string();
        app.get("commit").string();
        app.get("networks").get("default").members();
        Set<String> volumes = app.get("volumes").members().keySet();
        for (Map.Entry<String, JsonValue> entry : app.get("services").members().entrySet()) {
            JsonValue service = entry.getValue();
            if (!FIELDS.containsAll(service.members().keySet())) {
                throw new IOException("unknown fields in " + service.members().keySet());
            }
            if (service.get("serviceId").number() != Long.parseLong(entry.getKey())
                    || service.get("imageId").number() < 1) {
                throw new IOException("numbers that do not fit");
            }
            for (String dictionary : List.of("environment", "labels")) {
                for (JsonValue value : service.get(dictionary).members().values()) {
                    value.string();
                }
            }
            for (String mount : strings(service, "volumes")) {
                if (!volumes.contains(mount.substring(0, mount.indexOf(':')))) {
                    throw new IOException("no volume for " + mount);
                }
            }
        }
    }

    private static List<String> strings(JsonValue object, String name) throws IOException {
        Optional<JsonValue> list = object.find(name);
        return list.isPresent() ? list.get().strings() : List.of();
    }

    private void apply(JsonValue app) {
        try {
            applyAll(app);
        } catch (IOException e) {
            system("Failed to apply state: " + e.getMessage());
        } finally {
            synchronized (this) {
                pending--;
            }
        }
    }

    private void applyAll(JsonValue app) throws IOException {
        Map<String, JsonValue> containers = containers();
        Map<String, JsonValue> wanted = new TreeMap<>();
        for (JsonValue service : app.get("services").members().values()) {
            wanted.put(service.get("serviceName").string(), service);
        }
        for (Map.Entry<String, JsonValue> container : containers.entrySet()) {
            if (!wanted.containsKey(container.getKey())) {
                remove(container.getKey(), container.getValue());
            }
        }
        for (Map.Entry<String, JsonValue> entry : wanted.entrySet()) {
            JsonValue service = entry.getValue();
            String image = engine.get("/images/" + service.get("image").string() + "/json")
                    .get("Id")
                    .string();
            String identity = Digest.of(image
                            + app.get("commit").string()
                            + new String(Json.compact(service), StandardCharsets.UTF_8))
                    .hex();
            Optional<JsonValue> current = Optional.ofNullable(containers.get(entry.getKey()));
            if (current.isPresent()
                    && current.get()
                            .get("Labels")
                            .get("stand-in.identity")
                            .string()
                            .equals(identity)
                    && current.get().get("State").string().equals("running")) {
                continue;
            }
            if (current.isPresent()) {
                remove(entry.getKey(), current.get());
            }
            start(entry.getKey(), service, app, image, identity);
        }
    }

    private void remove(String name, JsonValue container) throws IOException {
        system("Killing service '" + name + "'");
        String id = container.get("Id").string();
        engine.post("/containers/" + id + "/stop?t=10", Map.of());
        engine.delete("/containers/" + id);
    }

    private void start(String name, JsonValue service, JsonValue app, String image, String identity)
            throws IOException {
        system("Installing service '" + name + "'");
        List<String> environment = new ArrayList<>();
        service.get("environment")
                .members()
                .forEach((variable, value) -> environment.add(variable + "=" + value.raw()));
        Map<String, Object> labels = new LinkedHashMap<>();
        service.get("labels").members().forEach((label, value) -> labels.put(label, value.raw()));
        labels.put("io.balena.service-name", name);
        labels.put("stand-in.identity", identity);
        Map<String, Object> host = new LinkedHashMap<>();
        host.put("NetworkMode", service.get("network_mode").string());
        host.put("RestartPolicy", Map.of("Name", "always"));
        host.put(
                "Binds",
                strings(service, "volumes").stream().map(mount -> "1_" + mount).toList());
        Map<String, Object> create = new LinkedHashMap<>();
        create.put("Image", image);
        create.put("Env", environment);
        create.put("Labels", labels);
        if (!strings(service, "command").isEmpty()) {
            create.put("Cmd", strings(service, "command"));
        }
        create.put("HostConfig", host);
        String container = name + "_" + service.get("imageId").number() + "_"
                + app.get("releaseId").string() + "_" + app.get("commit").string();
        String id = Json.parse(engine.post("/containers/create?name=" + container, create)
                        .getBytes(StandardCharsets.UTF_8))
                .get("Id")
                .string();
        engine.post("/containers/" + id + "/start", Map.of());
        started.add(name);
        system("Started service '" + name + "'");
        threads.execute(() -> attach(name, id));
    }

    /** Passes on what a container prints, in the frames of the engine's API. */
    private void attach(String service, String container) {
        try (Reply reply = engine.follow("/containers/" + container + "/logs?follow=true&stdout=true&stderr=true")) {
            InputStream in = reply.content();
            while (true) {
                byte[] head = in.readNBytes(8);
                if (head.length < 8) {
                    return;
                }
                int length = (head[4] & 0xff) << 24 | (head[5] & 0xff) << 16 | (head[6] & 0xff) << 8 | head[7] & 0xff;
                String text = new String(in.readNBytes(length), StandardCharsets.UTF_8).stripTrailing();
                tell(Map.of("message", text, "timestamp", System.currentTimeMillis(), "serviceName", service));
            }
        } catch (IOException e) {
            // The engine is gone, and so is the container.
        }
    }

    public void system(String text) {
        tell(Map.of("message", text, "timestamp", System.currentTimeMillis(), "isSystem", true));
    }

    private void tell(Map<String, ?> line) {
        String text = new String(Json.compact(line), StandardCharsets.UTF_8) + "\n";
        listeners.forEach(listener -> listener.add(text));
    }

    private Map<String, JsonValue> containers() throws IOException {
        Map<String, JsonValue> containers = new TreeMap<>();
        for (JsonValue container : engine.get("/containers/json?all=true").items()) {
            containers.put(container.get("Labels").get("io.balena.service-name").string(), container);
        }
        return containers;
    }

    private Map<String, Object> status() throws IOException {
        // Read first: what is applied after it is not yet seen, and is pending.
        boolean applied;
        synchronized (this) {
            applied = pending == 0;
        }
        List<Object> list = new ArrayList<>();
        for (Map.Entry<String, JsonValue> container : containers().entrySet()) {
            list.add(Map.of(
                    "serviceName",
                    container.getKey(),
                    "containerId",
                    container.getValue().get("Id").string(),
                    "status",
                    container.getValue().get("State").string().equals("running") ? "Running" : "Installed"));
        }
        return Map.of("status", "success", "appState", applied ? "applied" : "applying", "containers", list);
    }

    private void logs(HttpExchange exchange) throws IOException {
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        lines.add("{\"message\":\"Streaming logs\",\"isSystem\":true}\n");
        // Before anything is answered: who has an answer misses nothing from then on.
        listeners.add(lines);
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        try {
            for (String line = lines.take(); !line.isEmpty(); line = lines.take()) {
                out.write(line.getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            listeners.remove(lines);
        }
    }

    private static void answer(HttpExchange exchange, int status, Map<String, ?> document) throws IOException {
        send(exchange, status, "application/json", Json.compact(document));
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        applying.shutdownNow();
    }
}
