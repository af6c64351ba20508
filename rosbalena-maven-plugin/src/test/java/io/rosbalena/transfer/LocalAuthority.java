package io.rosbalena.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certificate that nobody trusts by himself, made by Java's keytool, and encrypted servers that show it. */
public final class LocalAuthority {
    private static final String PASSWORD = "changeit";

    private final Path folder;

    private LocalAuthority(Path folder) {
        this.folder = folder;
    }

    /** Makes a certificate for 127.0.0.1 in a folder. */
    public static LocalAuthority in(Path folder) throws IOException, InterruptedException {
        LocalAuthority authority = new LocalAuthority(folder);
        authority.keytool(
                "-genkeypair", "-keyalg", "EC", "-dname", "CN=127.0.0.1", "-ext", "san=ip:127.0.0.1,dns:far.example");
        authority.keytool(
                "-exportcert", "-rfc", "-file", authority.certificate().toString());
        return authority;
    }

    /** What a client must trust, in PEM. */
    public Path certificate() {
        return folder.resolve("ca.pem");
    }

    /** A server on a free port. */
    public LocalServer serve(HttpHandler handler) throws IOException, GeneralSecurityException {
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
        return new LocalServer(server, handler);
    }

    private void keytool(String... arguments) throws IOException, InterruptedException {
        Path tool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        List<String> command = Stream.of(
                        List.of(tool.toString()),
                        List.of(arguments),
                        List.of("-alias", "server", "-storetype", "PKCS12", "-storepass", PASSWORD),
                        List.of("-keystore", folder.resolve("keys.p12").toString()))
                .flatMap(List::stream)
                .toList();
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor()).isZero();
    }
}
