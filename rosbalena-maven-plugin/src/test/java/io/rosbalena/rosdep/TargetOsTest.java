package io.rosbalena.rosdep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TargetOsTest {
    @Test
    void readsOsRelease() {
        assertThat(TargetOs.of(Map.of("ID", "debian", "VERSION_CODENAME", "bookworm")))
                .contains(new TargetOs("debian", "bookworm"));
        assertThat(TargetOs.of(Map.of("ID", "ubuntu", "VERSION_CODENAME", "jammy", "UBUNTU_CODENAME", "jammy")))
                .contains(new TargetOs("ubuntu", "jammy"));
    }

    @Test
    void takesDerivativesForTheirOrigin() {
        assertThat(TargetOs.of(Map.of("ID", "pop", "VERSION_CODENAME", "x", "UBUNTU_CODENAME", "noble")))
                .contains(new TargetOs("ubuntu", "noble"));
        assertThat(TargetOs.of(Map.of("ID", "raspbian", "VERSION_CODENAME", "bookworm")))
                .contains(new TargetOs("debian", "bookworm"));
    }

    @Test
    void knowsOnlySystemsWithInstallers() {
        assertThat(TargetOs.of(Map.of("ID", "haiku", "VERSION_CODENAME", "x"))).isEmpty();
        assertThat(TargetOs.of(Map.of("ID", "debian"))).isEmpty();
        assertThatThrownBy(() -> new TargetOs("haiku", "x")).hasMessageContaining("haiku");
    }
}
