package io.rosbalena.balena;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The forms are those of facts/balena.md §2 (contract labels), which the Supervisor's validator takes. */
class ServiceContractTest {
    private static final String REQUIRES = "io.balena.features.requires.";

    @Test
    void eachLabelBecomesARequirement() {
        Map<String, String> labels = new TreeMap<>(Map.of(
                REQUIRES + "arch.sw",
                "aarch64",
                REQUIRES + "hw.device-type",
                "raspberrypi5",
                REQUIRES + "sw.balena-os",
                ">=5",
                REQUIRES + "sw.l4t",
                "35.x",
                REQUIRES + "sw.linux",
                ">=6.1",
                REQUIRES + "sw.supervisor",
                ">=17.4.2",
                "io.balena.features.dbus",
                "1"));

        assertThat(ServiceContract.of("camera", new TreeMap<>(labels)))
                .contains(Map.of(
                        "type",
                        "sw.container",
                        "slug",
                        "contract-for-camera",
                        "requires",
                        List.of(
                                Map.of("type", "arch.sw", "slug", "aarch64"),
                                Map.of("type", "hw.device-type", "slug", "raspberrypi5"),
                                Map.of("or", List.of(Map.of("type", "sw.os", "slug", "balena-os", "version", ">=5"))),
                                Map.of("type", "sw.l4t", "version", "35.x"),
                                Map.of("or", List.of(Map.of("type", "sw.kernel", "slug", "linux", "version", ">=6.1"))),
                                Map.of("type", "sw.supervisor", "version", ">=17.4.2"))));
    }

    @Test
    void withoutSuchALabelThereIsNone() {
        assertThat(ServiceContract.of("camera", new TreeMap<>(Map.of("io.balena.features.dbus", "1"))))
                .isEmpty();
    }
}
