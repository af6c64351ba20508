package io.rosbalena.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DeviceTypeTest {
    @Test
    void aRaspberryPi4With64BitsIsArm64() {
        assertThat(DeviceType.find("raspberrypi4-64").orElseThrow().platform()).isEqualTo("linux/arm64");
    }

    @Test
    void aGenericPcIsAmd64() {
        assertThat(DeviceType.find("generic-amd64").orElseThrow().platform()).isEqualTo("linux/amd64");
    }

    @Test
    void anAliasNamesTheSameType() {
        assertThat(DeviceType.find("raspberrypi2")).isPresent();
    }

    @Test
    void thirtyTwoBitsAreRefusedWithAnAdvice() {
        assertThatThrownBy(() -> DeviceType.find("raspberrypi3").orElseThrow().platform())
                .hasMessageContaining("armv7hf")
                .hasMessageContaining("raspberrypi4-64");
    }

    @Test
    void anUnknownSlugIsNoType() {
        assertThat(DeviceType.find("toaster")).isEmpty();
    }
}
