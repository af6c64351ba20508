package io.rosbalena.robot.locking;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.robot.locking.LayerAssignment.Placed;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

class LayerAssignmentTest {
    private static final Set<String> BASE = Set.of("libc6", "dpkg");
    private static final List<Placed> PACKAGES = List.of(
            new Placed("libc6", "system", 2_000_000),
            new Placed("dpkg", "system", 1_000_000),
            new Placed("libddsc0debian", "system", 800_000),
            new Placed("libssl3", "updates", 2_000_000),
            new Placed("python3", "system", 5_000_000),
            new Placed("python3-numpy", "system", 4_000_000));
    private static final Map<String, List<String>> SETS = Map.of(
            "camera", List.of("libc6", "dpkg", "libddsc0debian", "libssl3"),
            "perception", List.of("libc6", "dpkg", "libddsc0debian", "libssl3", "python3", "python3-numpy"));

    @Test
    void whatEveryServiceNeedsIsSharedByRateOfChange() {
        assertThat(LayerAssignment.assign(PACKAGES, BASE, SETS, Map.of()))
                .containsEntry("libc6", "base")
                .containsEntry("libddsc0debian", "system")
                .containsEntry("libssl3", "updates")
                .containsEntry("python3", "own")
                .containsEntry("python3-numpy", "own");
    }

    @Test
    void aServiceStandsOnTheLayersThatItNeedsWhole() {
        SortedMap<String, String> layers = LayerAssignment.assign(PACKAGES, BASE, SETS, Map.of());
        assertThat(LayerAssignment.stack(layers, Set.copyOf(SETS.get("camera"))).keySet())
                .containsExactly("base", "system", "updates");
        assertThat(LayerAssignment.stack(layers, Set.copyOf(SETS.get("perception"))))
                .containsOnlyKeys("base", "system", "updates", "own")
                .hasEntrySatisfying("own", own -> assertThat(own).containsExactly("python3", "python3-numpy"));
    }

    @Test
    void addingAServiceMovesNoPackage() {
        SortedMap<String, String> before = LayerAssignment.assign(PACKAGES, BASE, SETS, Map.of());
        Map<String, List<String>> more = Map.of(
                "camera", List.of("libc6", "dpkg", "libddsc0debian", "libssl3"),
                "perception", List.of("libc6", "dpkg", "libddsc0debian", "libssl3", "python3", "python3-numpy"),
                "logger", List.of("libc6", "dpkg", "python3"));
        assertThat(LayerAssignment.assign(PACKAGES, BASE, more, before)).isEqualTo(before);
        assertThat(LayerAssignment.stack(before, Set.copyOf(more.get("logger"))))
                .containsOnlyKeys("base", "own");
    }

    @Test
    void aLargeGroupOfSomeServicesGetsALayerThatTheyShare() {
        Map<String, List<String>> three = Map.of(
                "camera", List.of("libc6", "dpkg"),
                "perception", List.of("libc6", "dpkg", "python3", "python3-numpy"),
                "planner", List.of("libc6", "dpkg", "python3", "python3-numpy"));
        List<Placed> placed = PACKAGES.stream()
                .filter(one -> !one.name().startsWith("lib") || one.name().equals("libc6"))
                .toList();
        SortedMap<String, String> layers = LayerAssignment.assign(placed, BASE, three, Map.of());
        assertThat(layers).containsEntry("python3", "system-2").containsEntry("python3-numpy", "system-2");
        assertThat(LayerAssignment.stack(layers, Set.copyOf(three.get("planner")))
                        .keySet())
                .containsExactly("base", "system-2");
    }
}
