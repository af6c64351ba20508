package io.rosbalena.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rosbalena.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlatformTest {
    @Test
    void theVariantThatEveryProcessorHasIsNotToldApart() {
        assertThat(Platform.parse("linux/arm64/v8")).isEqualTo(Platform.parse("linux/arm64"));
        assertThat(Platform.parse("linux/amd64/v1")).isEqualTo(Platform.parse("linux/amd64"));
        assertThat(Platform.parse("linux/arm/v6")).isNotEqualTo(Platform.parse("linux/arm/v7"));
    }

    @Test
    void arm64IsWrittenWithItsVariant() {
        assertThat(Platform.parse("linux/arm64").json())
                .isEqualTo(Map.of("architecture", "arm64", "os", "linux", "variant", "v8"));
        assertThat(Platform.parse("linux/amd64").json()).isEqualTo(Map.of("architecture", "amd64", "os", "linux"));
        assertThat(Platform.parse("linux/arm64/v8")).hasToString("linux/arm64");
        assertThat(Platform.parse("linux/arm/v7")).hasToString("linux/arm/v7");
    }

    @Test
    void readsConfigurations() throws IOException {
        byte[] json =
                "{\"os\":\"linux\",\"architecture\":\"arm64\",\"variant\":\"v8\"}".getBytes(StandardCharsets.UTF_8);
        assertThat(Platform.read(Json.parse(json))).isEqualTo(Platform.parse("linux/arm64"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "linux", "linux/", "linux/arm64/v8/x", "Linux/amd64", "linux/../x"})
    void otherTextsAreRefused(String text) {
        assertThatThrownBy(() -> Platform.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
