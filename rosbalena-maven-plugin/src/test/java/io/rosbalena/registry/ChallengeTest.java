package io.rosbalena.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChallengeTest {
    @Test
    void theParametersOfATokenServerAreRead() {
        Challenge challenge = read(
                "Bearer realm=\"https://auth.example/token\",service=\"registry.example\",scope=\"repository:a/b:pull,push\"");

        assertThat(challenge.scheme()).isEqualTo("bearer");
        assertThat(challenge.parameter("realm")).contains("https://auth.example/token");
        assertThat(challenge.parameter("service")).contains("registry.example");
        assertThat(challenge.parameter("scope")).contains("repository:a/b:pull,push");
    }

    @Test
    void ofSeveralTheTokenIsPreferred() {
        assertThat(read("Basic realm=\"x\", Bearer realm=https://a/t").scheme()).isEqualTo("bearer");
        assertThat(read("Basic realm=\"x\"", "Bearer realm=\"https://a/t\"").scheme())
                .isEqualTo("bearer");
        assertThat(read("BASIC realm=\"say \\\"friend\\\"\"").parameter("realm"))
                .contains("say \"friend\"");
    }

    @Test
    void anythingElseIsNone() {
        assertThat(Challenge.read(headers("Negotiate"))).isEmpty();
        assertThat(Challenge.read(headers())).isEmpty();
    }

    private static Challenge read(String... values) {
        return Challenge.read(headers(values)).orElseThrow();
    }

    private static HttpHeaders headers(String... values) {
        return HttpHeaders.of(Map.of("WWW-Authenticate", List.of(values)), (name, value) -> true);
    }
}
