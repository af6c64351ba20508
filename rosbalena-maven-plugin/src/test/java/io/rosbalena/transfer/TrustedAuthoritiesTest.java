package io.rosbalena.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rosbalena.finding.FindingException;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustedAuthoritiesTest {
    private static final byte[] BODY = "hello".getBytes(StandardCharsets.UTF_8);

    @TempDir
    static Path folder;

    private static LocalAuthority authority;

    @BeforeAll
    static void makeACertificate() throws Exception {
        authority = LocalAuthority.in(folder);
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
            HttpTransfer transfer = new HttpTransfer(TransferSettings.standard().withCaFile(authority.certificate()));
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
                            authority.certificate().toString(),
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
                .withCaFile(authority.certificate())
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
        return authority.serve(exchange -> LocalServer.answer(exchange, 200, BODY));
    }
}
