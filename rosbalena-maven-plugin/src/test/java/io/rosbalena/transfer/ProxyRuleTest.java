package io.rosbalena.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxyRuleTest {
    private static final ProxyRule MAVEN =
            ProxyRule.of("https", "proxy", 3128, Optional.empty(), "*.corp.example|exact.example|10.*");

    @ParameterizedTest
    @CsvSource({
        "https://far.example/x, true",
        "http://far.example/x, false",
        "https://a.corp.example/, false",
        "https://corp.example/, true",
        "https://EXACT.example/, false",
        "https://not-exact.example/, true",
        "https://10.1.2.3/, false",
        "https://localhost:8443/, false",
        "https://127.0.0.1/, false"
    })
    void coversWhatMavenSays(URI uri, boolean covered) {
        assertThat(MAVEN.covers(Origin.of(uri))).isEqualTo(covered);
    }

    @ParameterizedTest
    @CsvSource({
        "https://corp.example/, false",
        "https://a.b.corp.example/, false",
        "https://xcorp.example/, true",
        "https://dotted.example/, false",
        "https://far.example/, true"
    })
    void readsNoProxyAsDomains(URI uri, boolean covered) {
        List<ProxyRule> rules = EnvironmentProxies.read(
                Map.of("https_proxy", "http://me:p%40ss@proxy:8080/", "no_proxy", "corp.example, .dotted.example"));
        assertThat(rules).singleElement().satisfies(rule -> {
            assertThat(rule.host()).isEqualTo("proxy");
            assertThat(rule.port()).isEqualTo(8080);
            assertThat(rule.credential()).contains(Credential.basic("me", "p@ss"));
            assertThat(rule.covers(Origin.of(uri))).isEqualTo(covered);
        });
    }

    @Test
    void ignoresUpperCaseHttpProxyAndTakesAllProxy() {
        assertThat(EnvironmentProxies.read(Map.of("HTTP_PROXY", "evil:1"))).isEmpty();
        assertThat(EnvironmentProxies.read(Map.of("ALL_PROXY", "proxy:3128", "no_proxy", "*")))
                .extracting(ProxyRule::protocol)
                .containsExactly("http", "https");
    }

    @Test
    void namesTheVariableAndNotItsValue() {
        assertThatThrownBy(() -> EnvironmentProxies.read(Map.of("https_proxy", "socks5://me:hush@proxy:1")))
                .hasMessageContaining("https_proxy")
                .hasMessageNotContaining("hush");
        assertThatThrownBy(() -> EnvironmentProxies.read(Map.of("https_proxy", "http://me:hu sh@proxy:1")))
                .hasMessageContaining("https_proxy")
                .hasMessageNotContaining("sh@");
    }
}
