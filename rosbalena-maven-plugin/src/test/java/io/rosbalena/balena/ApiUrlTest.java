package io.rosbalena.balena;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rosbalena.finding.FindingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiUrlTest {
    @Test
    void otherServicesStandBesideTheApi() {
        ApiUrl cloud = ApiUrl.parse(ApiUrl.BALENA_CLOUD + "/");

        assertThat(cloud).hasToString("https://api.balena-cloud.com");
        assertThat(cloud.sibling("dashboard")).hasToString("https://dashboard.balena-cloud.com");
        assertThat(ApiUrl.parse("http://127.0.0.1:8080").sibling("dashboard"))
                .hasToString("http://dashboard.127.0.0.1:8080");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:80", "http://localhost", "http://192.168.3.4:8080", "http://10.1.2.3"})
    void withoutEncryptionItMustBeNear(String near) {
        assertThat(ApiUrl.parse(near)).hasToString(near);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://8.8.8.8",
                "api.balena-cloud.com",
                "ftp://api.balena-cloud.com",
                "https://api.balena-cloud.com/v7",
                "https://user:pass@api.balena-cloud.com",
                "https://api.balena-cloud.com?x=1",
                "https://a b",
                ""
            })
    void whatIsNoAddressOfAServerIsRefused(String text) {
        assertThatThrownBy(() -> ApiUrl.parse(text))
                .isInstanceOf(FindingException.class)
                .hasMessageContaining("RB600")
                .hasMessageNotContaining("pass");
    }
}
