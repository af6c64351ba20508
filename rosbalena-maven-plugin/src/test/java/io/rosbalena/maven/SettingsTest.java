package io.rosbalena.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rosbalena.finding.FindingException;
import io.rosbalena.registry.Login;
import io.rosbalena.transfer.Credential;
import io.rosbalena.transfer.EnvironmentProxies;
import io.rosbalena.transfer.HttpTransfer;
import io.rosbalena.transfer.LocalServer;
import io.rosbalena.transfer.Origin;
import io.rosbalena.transfer.ProxyRule;
import io.rosbalena.transfer.TransferSettings;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.maven.api.plugin.testing.MojoTest;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.apache.maven.settings.io.DefaultSettingsReader;
import org.junit.jupiter.api.Test;

/** What {@code settings.xml} says about the network, with Maven's own reader and decrypter. */
@MojoTest
class SettingsTest {
    private static final String ENCRYPTED = "{COQLCE6DU6GtcS5P=}";

    @Inject
    private SettingsDecrypter decrypter;

    @Test
    void aServerIsKnownByItsHostAndForHttpByItsSchemeToo() throws IOException {
        SettingsServers servers = servers(server("mirror.example", "<username>me</username><password>hush</password>")
                + server("http://plain.example:8080", "<username>you</username><password>x</password>"));
        assertThat(servers.credential(origin("https://mirror.example/a"))).contains(Credential.basic("me", "hush"));
        assertThat(servers.credential(origin("http://mirror.example/a"))).isEmpty();
        assertThat(servers.credential(origin("https://mirror.example:8443/a"))).isEmpty();
        assertThat(servers.credential(origin("https://other.example/a"))).isEmpty();
        assertThat(servers.credential(origin("http://plain.example:8080/a"))).contains(Credential.basic("you", "x"));
    }

    @Test
    void aRegistryIsKnownByHostAndPort() throws IOException {
        SettingsServers servers =
                servers(server("localhost:5000", "<username>robot</username><password>hush</password>"));
        assertThat(servers.login("localhost:5000")).contains(Login.password("robot", "hush"));
        assertThat(servers.login("localhost")).isEmpty();
    }

    @Test
    void aTokenStandsWhereMavenItselfLooksForHeaders() throws IOException {
        SettingsServers servers =
                servers(server("ghcr.io", header("Bearer abc")) + server("bad.example", header("abc")));
        assertThat(servers.login("ghcr.io")).contains(Login.bearer("abc"));
        assertThat(servers.credential(origin("https://ghcr.io/x"))).contains(Credential.bearer("abc"));
        assertThatThrownBy(() -> servers.login("bad.example"))
                .isInstanceOf(FindingException.class)
                .hasMessageContaining("RB752")
                .hasMessageNotContaining("abc");
    }

    @Test
    void aPasswordThatStaysEncryptedIsAnErrorOnlyWhereItIsNeeded() throws IOException {
        SettingsServers servers =
                servers(server("locked.example", "<username>me</username><password>" + ENCRYPTED + "</password>")
                        + server("open.example", "<username>me</username><password>hush</password>"));
        assertThat(servers.credential(origin("https://open.example/"))).isPresent();
        assertThatThrownBy(() -> servers.credential(origin("https://locked.example/")))
                .isInstanceOf(FindingException.class)
                .hasMessageContaining("settings.xml: error RB750 the password of the server locked.example")
                .hasMessageNotContaining(ENCRYPTED);
        assertThatThrownBy(() -> proxies(
                        "<proxy><active>true</active><host>p</host><username>me</username><password>" + ENCRYPTED
                                + "</password></proxy>",
                        Map.of()))
                .isInstanceOf(FindingException.class)
                .hasMessageContaining("RB750");
    }

    @Test
    void theProxyOfTheSettingsIsAskedWithItsPassword() throws IOException {
        byte[] body = "hello".getBytes(StandardCharsets.UTF_8);
        try (LocalServer proxy = new LocalServer(exchange -> LocalServer.answer(exchange, 200, body))) {
            List<ProxyRule> rules = proxies(
                    "<proxy><active>true</active><protocol>http</protocol><host>127.0.0.1</host><port>" + proxy.port()
                            + "</port><username>me</username><password>hush</password></proxy>",
                    Map.of("http_proxy", "http://never.example:1"));
            HttpTransfer transfer = new HttpTransfer(TransferSettings.standard().withProxies(rules));
            assertThat(transfer.read(URI.create("http://mirror.example/a"), 100))
                    .isEqualTo(body);
            assertThat(proxy.requests).singleElement().satisfies(request -> {
                assertThat(request.path()).isEqualTo("http://mirror.example/a");
                assertThat(request.header("Proxy-Authorization"))
                        .isEqualTo(Credential.basic("me", "hush").header());
            });
        }
    }

    @Test
    void theEnvironmentCountsWhereTheSettingsSayNothing() throws IOException {
        Map<String, String> environment = Map.of("https_proxy", "http://e:3", "http_proxy", "http://e:4");
        String off = "<proxy><active>false</active><host>off</host><port>1</port></proxy>";
        String https = "<proxy><protocol>https</protocol><host>s</host><port>2</port>"
                + "<nonProxyHosts>*.lan|a.example</nonProxyHosts></proxy>";
        assertThat(proxies(off, environment)).isEqualTo(EnvironmentProxies.read(environment));
        assertThat(proxies(off + https, environment))
                .containsExactly(
                        new ProxyRule("http", "e", 4, Optional.empty(), List.of()),
                        new ProxyRule("https", "s", 2, Optional.empty(), List.of("*.lan", "a.example")));
        assertThat(proxies("<proxy><host>both</host><port>5</port></proxy>", environment))
                .containsExactly(
                        new ProxyRule("http", "both", 5, Optional.empty(), List.of()),
                        new ProxyRule("https", "both", 5, Optional.empty(), List.of()));
    }

    @Test
    void aMalformedProxyIsTold() {
        assertThatThrownBy(() -> proxies("<proxy><id>p</id><host></host></proxy>", Map.of()))
                .hasMessageContaining("settings.xml: error RB751 the proxy p is malformed");
        assertThatThrownBy(() -> proxies("", Map.of("http_proxy", "socks://me:hush@x")))
                .hasMessageContaining("RB751")
                .hasMessageNotContaining("hush");
    }

    private SettingsServers servers(String xml) throws IOException {
        return new SettingsServers(
                settings("<servers>" + xml + "</servers>").getServers(), new SettingsSecrets(decrypter));
    }

    private List<ProxyRule> proxies(String xml, Map<String, String> environment) throws IOException {
        return SettingsProxies.rules(
                settings("<proxies>" + xml + "</proxies>").getProxies(), new SettingsSecrets(decrypter), environment);
    }

    private static Settings settings(String xml) throws IOException {
        return new DefaultSettingsReader().read(new StringReader("<settings>" + xml + "</settings>"), Map.of());
    }

    private static String server(String id, String more) {
        return "<server><id>" + id + "</id>" + more + "</server>";
    }

    private static String header(String value) {
        return "<configuration><httpHeaders><property><name>Authorization</name><value>" + value
                + "</value></property></httpHeaders></configuration>";
    }

    private static Origin origin(String uri) {
        return Origin.of(URI.create(uri));
    }
}
