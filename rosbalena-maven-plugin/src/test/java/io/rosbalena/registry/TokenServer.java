package io.rosbalena.registry;

import com.sun.net.httpserver.HttpServer;
import io.rosbalena.json.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A token server as distribution's {@code spec/auth/token.md} describes it, whose tokens the real registry verifies. */
public final class TokenServer implements AutoCloseable {
    private static final String PASSWORD = "changeit";
    private static byte[] made = {};

    private final HttpServer server;
    private final Path certificate;
    private final PrivateKey key;
    private final String chain;

    /** Queries as they were asked, and whether a login came with them. */
    final List<String> queries = new CopyOnWriteArrayList<>();

    private TokenServer(HttpServer server, Path certificate, PrivateKey key, String chain) {
        this.server = server;
        this.certificate = certificate;
        this.key = key;
        this.chain = chain;
    }

    /** The same for all tests of a Java machine, as making them takes longer than most tests. */
    private static synchronized byte[] keys() throws IOException, InterruptedException {
        if (made.length == 0) {
            Path folder = Files.createTempDirectory("tokens");
            Path store = folder.resolve("tokens.p12");
            keytool(
                    "-genkeypair",
                    "-alias",
                    "a",
                    "-keyalg",
                    "RSA",
                    "-keysize",
                    "2048",
                    "-dname",
                    "CN=tests",
                    "-validity",
                    "2",
                    "-storetype",
                    "PKCS12",
                    "-keystore",
                    store.toString(),
                    "-storepass",
                    PASSWORD,
                    "-ext",
                    "bc:c");
            made = Files.readAllBytes(store);
            Files.delete(store);
            Files.delete(folder);
        }
        return made;
    }

    public static TokenServer start(Path folder) throws IOException, InterruptedException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(new ByteArrayInputStream(keys()), PASSWORD.toCharArray());
        PrivateKey key = (PrivateKey) keys.getKey("a", PASSWORD.toCharArray());
        byte[] encoded = keys.getCertificate("a").getEncoded();
        String chain = Base64.getEncoder().encodeToString(encoded);
        Path certificate = Files.writeString(
                folder.resolve("tokens.pem"),
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded)
                        + "\n-----END CERTIFICATE-----\n");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        TokenServer tokens = new TokenServer(server, certificate, key, chain);
        server.createContext("/token", exchange -> {
            try (exchange) {
                String login = exchange.getRequestHeaders().getFirst("Authorization");
                byte[] body = tokens.answer(exchange.getRequestURI(), login);
                exchange.sendResponseHeaders(body.length == 0 ? 401 : 200, body.length == 0 ? -1 : body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
        return tokens;
    }

    String realm() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/token";
    }

    public Path certificate() {
        return certificate;
    }

    /** Anybody may pull; to push, robot must log in. */
    private byte[] answer(URI uri, @Nullable String login) throws IOException {
        String query = uri.getRawQuery();
        queries.add(query + (login == null ? "" : " with login"));
        String right = "Basic " + Base64.getEncoder().encodeToString("robot:secret".getBytes(StandardCharsets.UTF_8));
        if (login != null && !login.equals(right)) {
            return new byte[0];
        }
        List<Object> access = new ArrayList<>();
        for (String parameter : query.split("&", -1)) {
            if (parameter.startsWith("scope=")) {
                String[] parts = URLDecoder.decode(parameter.substring(6), StandardCharsets.UTF_8)
                        .split(":", -1);
                List<String> actions = login == null ? List.of("pull") : List.of(parts[2].split(",", -1));
                access.add(Map.of("type", parts[0], "name", parts[1], "actions", actions));
            }
        }
        return Json.compact(Map.of("token", signed("test", "robot", access)));
    }

    /** A token for this audience that the registries of {@link LocalRegistry} accept. */
    public String signed(String audience, String subject, List<Object> access) throws IOException {
        long now = Instant.now().getEpochSecond();
        String head = encode(Json.compact(Map.of("typ", "JWT", "alg", "RS256", "x5c", List.of(chain))));
        String body = encode(Json.compact(Map.of(
                "iss", "tests", "aud", audience, "sub", subject, "nbf", now - 60, "iat", now, "exp", now + 300, "jti",
                "1", "access", access)));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update((head + "." + body).getBytes(StandardCharsets.US_ASCII));
            return head + "." + body + "." + encode(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("keytool: " + output);
        }
    }

    @Override
    public void close() throws IOException {
        server.stop(0);
        Files.deleteIfExists(certificate);
    }
}
