package io.rosbalena.apt.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.apt.source.Keyring;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SnapshotsTest {
    private static final SnapshotDate DAY = SnapshotDate.parse("20240119").orElseThrow();

    private static Snapshots of(Map<String, String> addresses) {
        return new Snapshots(addresses, "humble", Keyring.EMPTY, Optional.of(DAY));
    }

    @Test
    void thoseOfUbuntuAndRosAreKnown() {
        Snapshots known = of(Snapshots.known());

        assertThat(known.root("Ubuntu", "Ubuntu", "ubuntu", DAY))
                .contains(URI.create("https://snapshot.ubuntu.com/ubuntu/20240119T000000Z/"));
        assertThat(known.root("ROS", "ROS 2", "ubuntu", DAY))
                .contains(URI.create("http://snapshots.ros.org/humble/2024-01-19/ubuntu/"));
        assertThat(known.root("ROS", "ROS 2", "", DAY)).isEmpty();
        assertThat(known.root("Debian", "Debian", "debian", DAY)).isEmpty();
    }

    @Test
    void aLabelComesBeforeAnOrigin() {
        Snapshots snapshots = of(Snapshots.read(
                List.of("Debian=https://a.example.org/{stamp}/", "Debian-Security = https://b.example.org/{stamp}"),
                new ArrayList<>()));

        assertThat(snapshots.root("Debian", "Debian", "debian", DAY))
                .contains(URI.create("https://a.example.org/20240119T000000Z/"));
        assertThat(snapshots.root("Debian", "Debian-Security", "debian", DAY))
                .contains(URI.create("https://b.example.org/20240119T000000Z/"));
    }

    @Test
    void whatIsNoAddressIsTold() {
        List<String> refused = new ArrayList<>();

        assertThat(Snapshots.read(
                        List.of(
                                "https://a/{stamp}/",
                                "Debian=nowhere/{stamp}",
                                "Debian=https://a/b",
                                "X=https://{a}/{date}"),
                        refused))
                .isEmpty();
        assertThat(refused).hasSize(4);
    }

    @Test
    void aMomentIsADayOrASecondInUtc() {
        assertThat(SnapshotDate.parse("20240119T030405Z"))
                .map(SnapshotDate::stamp)
                .contains("20240119T030405Z");
        assertThat(DAY.stamp()).isEqualTo("20240119T000000Z");
        assertThat(List.of("2024-01-19", "20241319", "20240119T030405", "today", ""))
                .allSatisfy(text -> assertThat(SnapshotDate.parse(text)).isEmpty());
    }
}
