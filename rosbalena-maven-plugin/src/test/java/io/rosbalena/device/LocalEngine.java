package io.rosbalena.device;

import io.rosbalena.RealTool;
import io.rosbalena.json.Json;
import io.rosbalena.json.JsonValue;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Debian's dockerd with folders of its own and no network, as the engine of a device. Needs root. */
public final class LocalEngine implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String READY = "API listen on 127.0.0.1";
    private static final int SAID = 10;

    private final Process process;
    private final Path folder;
    private final int port;
    private final DeviceHttp http;

    private LocalEngine(Process process, Path folder, int port) {
        this.process = process;
        this.folder = folder;
        this.port = port;
        this.http = new DeviceHttp(
                Endpoint.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)), PATIENCE, PATIENCE);
    }

    /** Starts it; the calling test is skipped where this machine does not let it run. */
    public static LocalEngine start(Path folder) throws IOException, InterruptedException {
        RealTool.require("dockerd", "containerd", "runc");
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Process process = new ProcessBuilder(List.of(
                        "/usr/bin/env",
                        "PATH=/usr/sbin:/usr/bin:/sbin:/bin",
                        "dockerd",
                        "--data-root=" + folder.resolve("data"),
                        "--exec-root=" + folder.resolve("exec"),
                        "--pidfile=" + folder.resolve("pid"),
                        "--host=unix://" + folder.resolve("socket"),
                        "--host=tcp://127.0.0.1:" + port,
                        "--iptables=false",
                        "--ip6tables=false",
                        "--bridge=none"))
                .redirectErrorStream(true)
                .start();
        LocalEngine engine = new LocalEngine(process, folder, port);
        Deque<String> said = new ArrayDeque<>();
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            said.add(line);
            if (said.size() > SAID) {
                said.remove();
            }
            if (line.contains(READY)) {
                drain(lines);
                return engine;
            }
        }
        engine.close();
        Assumptions.abort("skipped: dockerd does not start here: " + String.join("\n", said));
        throw new IllegalStateException();
    }

    /** A pipe that nobody reads would stop it. */
    private static void drain(BufferedReader lines) {
        Thread rest = new Thread(
                () -> {
                    try {
                        lines.transferTo(Writer.nullWriter());
                    } catch (IOException e) {
                        // It has ended.
                    }
                },
                "what dockerd says");
        rest.setDaemon(true);
        rest.start();
    }

    public int port() {
        return port;
    }

    public Path socket() {
        return folder.resolve("socket");
    }

    /** The client that is tested. */
    public Engine client() {
        return new Engine(
                Endpoint.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)), PATIENCE, PATIENCE);
    }

    /** Asks for a document. */
    JsonValue get(String target) throws IOException {
        try (Reply reply = http.get(target)) {
            return reply.json();
        }
    }

    /** An answer that comes in pieces, as long as it lasts. */
    Reply follow(String target) throws IOException {
        return http.withSilence(Duration.ofHours(1)).get(target);
    }

    /** Tells it something; what it answers. */
    String post(String target, Map<String, ?> document) throws IOException {
        return send(
                "POST", target, document.isEmpty() ? RequestContent.NONE : RequestContent.json(Json.compact(document)));
    }

    void delete(String target) throws IOException {
        send("DELETE", target, RequestContent.NONE);
    }

    private String send(String method, String target, RequestContent content) throws IOException {
        try (Reply reply = http.send(method, target, content)) {
            return new String(reply.expect(200, 201, 204, 304).bytes(), StandardCharsets.UTF_8);
        }
    }

    /** What its own command line says. */
    public String docker(String... words) throws IOException {
        String[] command = new String[words.length + 3];
        command[0] = "docker";
        command[1] = "--host";
        command[2] = "tcp://127.0.0.1:" + port;
        System.arraycopy(words, 0, command, 3, words.length);
        return RealTool.run(folder, command).strip();
    }

    /** Removes all containers and images. */
    public void empty() throws IOException {
        for (JsonValue container : get("/containers/json?all=true").items()) {
            delete("/containers/" + container.get("Id").string() + "?force=true&v=true");
        }
        for (JsonValue image : get("/images/json").items()) {
            delete("/images/" + image.get("Id").string() + "?force=true");
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.destroy();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        // Links of images that lead out of the folder are none of the test's.
        RealTool.run(folder, "find", "data", "-xdev", "-mindepth", "1", "-delete");
        Path network = folder.resolve("exec/netns/default");
        if (Files.exists(network)) {
            // It leaves this mounted, and the folder could not be removed.
            RealTool.run(folder, "umount", network.toString());
        }
    }
}
