package io.rosbalena.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a device is. */
class DeviceAddressTest {
    @ParameterizedTest
    @CsvSource({
        "192.168.1.5, false",
        "10.0.0.1, false",
        "172.31.255.254, false",
        "172.32.0.1, true",
        "169.254.3.4, false",
        "127.0.0.1, false",
        "::1, false",
        "fe80::1, false",
        "fd12:3456::1, false",
        "fc00::1, false",
        "2001:db8::1, true",
        "203.0.113.9, true",
        "8.8.8.8, true",
        "0.0.0.0, true",
        "::ffff:8.8.8.8, true"
    })
    void whatIsNotPrivateIsPublic(String address, boolean isPublic) throws IOException {
        assertThat(new DeviceAddress(address, InetAddress.getByName(address)).isPublic())
                .isEqualTo(isPublic);
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.168.1.5", "::1", "fe80::1%eth0", "a1b2c3d.local", "A1B2C3D.LOCAL", "localhost"})
    void anAddressOfThisNetworkIsKnownAsOne(String word) {
        assertThat(DeviceAddress.isOne(word)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a1b2c3d", "0123456789abcdef0123456789abcdef", "my-robot", "example.com", "1.2.3"})
    void aNameOfAFleetIsNone(String word) {
        assertThat(DeviceAddress.isOne(word)).isFalse();
    }

    @Test
    void aNameIsLookedUpToIpv4() throws IOException {
        DeviceAddress address = DeviceAddress.resolve("localhost");
        assertThat(address.address().getHostAddress()).isEqualTo("127.0.0.1");
        assertThat(address).hasToString("localhost (127.0.0.1)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-such.invalid", "a b", "http://192.168.1.5", "-x", ""})
    void whatIsNoNameIsRefused(String word) {
        assertThatThrownBy(() -> DeviceAddress.resolve(word))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("no device of the name");
    }
}
