package io.rosbalena.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.rosbalena.finding.FindingException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustedAuthoritiesTest {
    private static final String PASSWORD = "changeit";
    private static final byte[] BODY = "hello".getBytes(StandardCharsets.UTF_8);

    @TempDir
    static Path folder;

    @BeforeAll
    static void makeACertificate() throws Exception {
        keytool("-genkeypair", "-keyalg", "EC", "-dname", "CN=127.0.0.1", "-ext", "san=ip:127.0.0.1,dns:far.example");
        keytool("-exportcert", "-rfc", "-file", folder.resolve("ca.pem").toString());
    }

    @Test
    void trustsNoUnknownAuthority() throws Exception {
        try (LocalServer server = encrypted()) {
            HttpTransfer transfer = new HttpTransfer(TransferSettings.standard());
            assertThatThrownBy(() -> transfer.read(address(server), 100))
                    .isInstanceOfSatisfying(
                            TransferException.class, e -> assertThat(e.kind()).isEqualTo(TransferException.Kind.TRUST));
        }
    }

    @Test
    void trustsAnAuthorityFromTheFile() throws Exception {
        try (LocalServer server = encrypted()) {
            HttpTransfer transfer = new HttpTransfer(TransferSettings.standard().withCaFile(folder.resolve("ca.pem")));
            assertThat(transfer.read(address(server), 100)).isEqualTo(BODY);
        }
    }

    /** In a JVM of its own: the platform looks only once whether passwords are allowed for tunnels. */
    @Test
    void reachesAnEncryptedServerThroughAProxyThatWantsAPassword() throws Exception {
        try (LocalServer server = encrypted();
                TunnelProxy proxy = new TunnelProxy(
                        server.port(), Credential.basic("me", "hush").header())) {
            Process client = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            where(HttpTransfer.class) + File.pathSeparator + where(TunnelClient.class),
                            TunnelClient.class.getName(),
                            folder.resolve("ca.pem").toString(),
                            "http://me:hush@127.0.0.1:" + proxy.port(),
                            "https://far.example:" + server.port() + "/a")
                    .redirectErrorStream(true)
                    .start();
            assertThat(client.getInputStream().readAllBytes()).asString().isEqualTo("hello");
            assertThat(proxy.requests.get(0)).startsWith("CONNECT far.example:" + server.port());
            assertThat(server.requests.get(0).header("Proxy-Authorization")).isEmpty();
        }
    }

    private static String where(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
    }

    @Test
    void saysThatAProxyWantsAPassword() throws Exception {
        try (LocalServer server = encrypted();
                TunnelProxy proxy = new TunnelProxy(server.port(), "Basic x")) {
            URI far = URI.create("https://far.example:" + server.port() + "/a");
            HttpTransfer transfer = new HttpTransfer(through(proxy));
            assertThatThrownBy(() -> transfer.read(far, 100))
                    .isInstanceOfSatisfying(
                            TransferException.class, e -> assertThat(e.kind()).isEqualTo(TransferException.Kind.PROXY))
                    .hasMessageContaining("407");
        }
    }

    private static TransferSettings through(TunnelProxy proxy) {
        return TransferSettings.standard()
                .withCaFile(folder.resolve("ca.pem"))
                .withProxies(List.of(new ProxyRule("https", "127.0.0.1", proxy.port(), Optional.empty(), List.of())));
    }

    @Test
    void refusesAFileWithoutCertificates() throws IOException {
        Path file = Files.writeString(folder.resolve("no.pem"), "no certificate\n");
        for (Path path : List.of(file, folder.resolve("missing.pem"))) {
            assertThatThrownBy(
                            () -> HttpClients.create(TransferSettings.standard().withCaFile(path)))
                    .isInstanceOf(FindingException.class)
                    .hasMessageContaining(path.toString())
                    .hasMessageContaining("RB507");
        }
    }

    private static URI address(LocalServer server) {
        return URI.create("https://127.0.0.1:" + server.port() + "/a");
    }

    private static LocalServer encrypted() throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve("keys.p12"))) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        return new LocalServer(server, exchange -> LocalServer.answer(exchange, 200, BODY));
    }

    private static void keytool(String... arguments) throws IOException, InterruptedException {
        Path tool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        List<String> command = Stream.concat(
                        Stream.of(tool.toString()),
                        Stream.concat(
                                Stream.of(arguments),
                                Stream.of(
                                        "-alias",
                                        "server",
                                        "-storetype",
                                        "PKCS12",
                                        "-keystore",
                                        folder.resolve("keys.p12").toString(),
                                        "-storepass",
                                        PASSWORD)))
                .toList();
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor()).isZero();
    }
}
