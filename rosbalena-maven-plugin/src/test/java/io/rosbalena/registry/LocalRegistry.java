package io.rosbalena.registry;

import io.rosbalena.store.Digest;
import io.rosbalena.transfer.TransferSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Debian's docker-registry on a free port of this machine, and skopeo to fill it. */
public final class LocalRegistry implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/bin/docker-registry");
    private static final String HOST = "<this host>";
    private static final Path SKOPEO = Path.of("/usr/bin/skopeo");

    private final Process process;
    private final String host;
    private final Path folder;

    private LocalRegistry(Process process, String host, Path folder) {
        this.folder = folder;
        this.process = process;
        this.host = host;
    }

    /** Starts a registry without login. */
    public static LocalRegistry open(Path folder) throws IOException, InterruptedException {
        return start(folder, "");
    }

    /** Starts a registry in which the user {@code robot} has the password {@code secret}. */
    public static LocalRegistry withLogin(Path folder) throws IOException, InterruptedException {
        // The hash is what crypt(3) gives for "secret".
        Path file = Files.writeString(
                folder.resolve("htpasswd"), "robot:$2y$05$abcdefghijklmnopqrstuuOQiyCxlgf/oeuTqixKmWdcYUh4Hjl0a\n");
        return start(folder, "auth:\n  htpasswd:\n    realm: test\n    path: " + file + "\n");
    }

    /** Starts a registry that sends its clients to a token server. */
    public static LocalRegistry withTokens(Path folder, TokenServer tokens) throws IOException, InterruptedException {
        return start(
                folder,
                "auth:\n  token:\n    realm: " + tokens.realm()
                        + "\n    service: test\n    issuer: tests\n    rootcertbundle: " + tokens.certificate() + "\n");
    }

    /**
     * Starts a registry that sends its clients to another server for tokens signed by a {@link TokenServer}; its own
     * host is the audience, as balena has it.
     */
    public static LocalRegistry withRealm(Path folder, String realm, Path certificate)
            throws IOException, InterruptedException {
        return start(
                folder,
                "auth:\n  token:\n    realm: " + realm + "\n    service: " + HOST
                        + "\n    issuer: tests\n    rootcertbundle: " + certificate + "\n");
    }

    private static LocalRegistry start(Path folder, String more) throws IOException, InterruptedException {
        Assumptions.assumeTrue(
                Files.isExecutable(PROGRAM) && Files.isExecutable(SKOPEO),
                "skipped: docker-registry or skopeo is not installed");
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        String host = "127.0.0.1:" + port;
        Path config = Files.writeString(
                folder.resolve("config.yml"),
                "version: 0.1\nlog:\n  level: error\n  accesslog:\n    disabled: true\nstorage:\n  filesystem:\n    rootdirectory: "
                        + folder.resolve("data")
                        + "\n  delete:\n    enabled: true\nhttp:\n  relativeurls: true\n  addr: " + host + "\n"
                        + more.replace(HOST, host));
        Process process = new ProcessBuilder(PROGRAM.toString(), "serve", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("registry.log").toFile())
                .start();
        LocalRegistry registry = new LocalRegistry(process, host, folder);
        registry.await();
        return registry;
    }

    private void await() throws IOException, InterruptedException {
        // The retries of the transfer wait for the server to come up.
        TransferSettings.Patience patience = TransferSettings.standard().patience();
        try {
            PingEndpoint.base(
                    host,
                    new io.rosbalena.transfer.HttpExchange(HttpClient.newHttpClient(), TransferSettings.standard()),
                    patience);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    public String host() {
        return host;
    }

    /** The file in which the registry keeps a blob. */
    public Path file(Digest blob) {
        return folder.resolve("data/docker/registry/v2/blobs/sha256")
                .resolve(blob.hex().substring(0, 2))
                .resolve(blob.hex())
                .resolve("data");
    }

    /** Removes what no manifest names, as administrators do. */
    public void collectGarbage() throws IOException, InterruptedException {
        Process collecting = new ProcessBuilder(
                        PROGRAM.toString(),
                        "garbage-collect",
                        folder.resolve("config.yml").toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(collecting.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (collecting.waitFor() != 0) {
            throw new IOException(output);
        }
    }

    public Registries registries(Logins logins) {
        return new Registries(TransferSettings.standard(), logins);
    }

    ImageName name(String reference) {
        return ImageName.parse(host + "/" + reference);
    }

    /** Brings an image into the registry. */
    public void copy(String source, String reference) throws IOException, InterruptedException {
        skopeo("copy", "--dest-tls-verify=false", source, "docker://" + host + "/" + reference);
    }

    /** Runs skopeo against the registry. */
    public void skopeo(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(SKOPEO.toString()));
        command.addAll(List.of(arguments));
        Process skopeo = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(skopeo.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (skopeo.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + output);
        }
    }

    /** What skopeo prints. */
    public byte[] output(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(SKOPEO.toString()));
        command.addAll(List.of(arguments));
        Process skopeo = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        byte[] output = skopeo.getInputStream().readAllBytes();
        if (skopeo.waitFor() != 0) {
            throw new IOException(String.join(" ", command));
        }
        return output;
    }

    /** Bytes of an answer to a plain request. */
    public byte[] raw(String path, String accept) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://" + host + path))
                                .header("Accept", accept)
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray())
                .body();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
