package io.rosbalena.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class HardwareTest {
    @Test
    void eachRowNamesADeviceTypeAndItsSource() throws IOException {
        List<String> rows;
        try (InputStream in = Hardware.class.getResourceAsStream("device-hardware.tsv")) {
            rows = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }

        assertThat(rows).isNotEmpty().isSorted().allSatisfy(row -> {
            assertThat(row).matches("[a-z0-9-]+\t[0-9]+\t[0-9]+\thttps://[^ \t]+");
            assertThat(DeviceType.find(row.substring(0, row.indexOf('\t'))))
                    .flatMap(Hardware::of)
                    .isPresent();
        });
    }

    @Test
    void memoryIsInBytes() {
        assertThat(DeviceType.find("raspberrypi4-64").flatMap(Hardware::of)).contains(new Hardware(4, 8L << 30));
        assertThat(DeviceType.find("generic-amd64").flatMap(Hardware::of)).isEmpty();
    }
}
