package io.rosbalena.robot.exporting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rosbalena.finding.FindingException;
import io.rosbalena.finding.Findings;
import io.rosbalena.lock.Lock;
import io.rosbalena.lock.LockedBase;
import io.rosbalena.lock.LockedPlatform;
import io.rosbalena.store.Digest;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ExportBaseTest {
    private static final Digest MANIFEST = Digest.of("manifest");

    private final Findings findings = new Findings();

    private String begin(String from, Optional<String> asked) {
        LockedPlatform locked = new LockedPlatform(
                new LockedBase(from, Optional.of(MANIFEST), List.of()),
                false,
                new TreeMap<>(),
                List.of(),
                List.of(),
                new TreeMap<>(),
                new TreeMap<>());
        Lock lock = new Lock(
                MANIFEST, Optional.empty(), "x", new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
        return ExportBase.of(locked, lock, asked, findings);
    }

    @Test
    void anImageOfARegistryIsNamedByTheLockedDigest() {
        assertThat(begin("ros:humble-ros-core", Optional.empty())).isEqualTo("ros:humble-ros-core@" + MANIFEST);
        assertThat(begin("registry:registry.example:5000/base:1", Optional.empty()))
                .isEqualTo("registry.example:5000/base:1@" + MANIFEST);
        assertThat(begin("base@sha256:" + "0".repeat(64), Optional.empty())).isEqualTo("base@" + MANIFEST);
        assertThat(findings.all()).isEmpty();
    }

    @Test
    void aFileIsNoBaseForABuilder() {
        assertThatThrownBy(() -> begin("oci:base", Optional.empty()))
                .isInstanceOf(FindingException.class)
                .hasMessageContaining("RB188");
        assertThat(begin("oci:base", Optional.of("base@sha256:" + MANIFEST.hex())))
                .startsWith("base@");
        assertThat(findings.all()).isEmpty();
    }

    @Test
    void whatNoDigestPinsIsTold() {
        assertThat(begin("oci:base", Optional.of("base:1"))).isEqualTo("base:1");
        assertThat(findings.all())
                .singleElement()
                .satisfies(one -> assertThat(one.id()).isEqualTo("RB188"));
        assertThatThrownBy(() -> begin("apt", Optional.empty())).hasMessageContaining("RB188");
    }
}
