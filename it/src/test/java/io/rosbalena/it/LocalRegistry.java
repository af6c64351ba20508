package io.rosbalena.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Debian's docker-registry on a free port of this machine. */
final class LocalRegistry implements AutoCloseable {
    static final String USER = "robot";
    static final String PASSWORD = "secret";

    // What crypt(3) gives for the password.
    private static final String HASH = "$2y$05$abcdefghijklmnopqrstuuOQiyCxlgf/oeuTqixKmWdcYUh4Hjl0a";

    /** How long a start may take on a machine that is busy. */
    private static final int ATTEMPTS = 600;

    private final Process process;
    private final String host;
    private final Optional<String> login;

    private LocalRegistry(Process process, String host, Optional<String> login) {
        this.process = process;
        this.host = host;
        this.login = login;
    }

    /** Starts a registry for everybody. */
    static LocalRegistry open(Path folder) throws IOException, InterruptedException {
        return start(folder, Optional.empty());
    }

    /** Starts a registry that knows one user. */
    static LocalRegistry withLogin(Path folder) throws IOException, InterruptedException {
        return start(folder, Optional.of(USER + ":" + PASSWORD));
    }

    private static LocalRegistry start(Path folder, Optional<String> login) throws IOException, InterruptedException {
        Program.require("docker-registry", "skopeo");
        String host = "127.0.0.1:" + freePort();
        String config =
                "version: 0.1\nlog:\n  level: error\n  accesslog:\n    disabled: true\nstorage:\n  filesystem:\n"
                        + "    rootdirectory: " + folder.resolve("data") + "\nhttp:\n  addr: " + host + "\n";
        if (login.isPresent()) {
            Path users = Files.writeString(folder.resolve("htpasswd"), USER + ":" + HASH + "\n");
            config += "auth:\n  htpasswd:\n    realm: it\n    path: " + users + "\n";
        }
        Path file = Files.writeString(folder.resolve("config.yml"), config);
        Process process = Program.of("docker-registry", "serve", file)
                .builder()
                .redirectOutput(folder.resolve("registry.log").toFile())
                .start();
        LocalRegistry registry = new LocalRegistry(process, host, login);
        registry.await(folder.resolve("registry.log"));
        return registry;
    }

    /** A port of this machine on which nobody listens. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void await(Path log) throws IOException, InterruptedException {
        for (int i = 0; i < ATTEMPTS; i++) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(
                        "127.0.0.1", URI.create("http://" + host).getPort()));
                return;
            } catch (IOException notYet) {
                if (process.waitFor(100, TimeUnit.MILLISECONDS)) {
                    break;
                }
            }
        }
        close();
        throw new AssertionError("docker-registry did not start:\n" + Files.readString(log));
    }

    /** Host and port. */
    String host() {
        return host;
    }

    /** Brings an image into the registry, its manifest unchanged. */
    void push(String source, String reference) throws IOException, InterruptedException {
        Program.of(
                        "skopeo",
                        "copy",
                        "-q",
                        "--insecure-policy",
                        "--dest-tls-verify=false",
                        "--dest-creds=" + login.orElse("nobody:"),
                        source,
                        "docker://" + host + "/" + reference)
                .output();
    }

    /** Writes a manifest or an index that names what the repository has. */
    void put(String repository, String tag, String mediaType, byte[] manifest)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        request(repository, tag)
                                .header("Content-Type", mediaType)
                                .PUT(HttpRequest.BodyPublishers.ofByteArray(manifest))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 201) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
    }

    /** The manifest's bytes as the registry hands them out. */
    byte[] manifest(String repository, String tag, String mediaType) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        request(repository, tag).header("Accept", mediaType).build(),
                        HttpResponse.BodyHandlers.ofByteArray())
                .body();
    }

    private HttpRequest.Builder request(String repository, String tag) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://" + host + "/v2/" + repository + "/manifests/" + tag));
        login.ifPresent(words ->
                request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(words.getBytes())));
        return request;
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
