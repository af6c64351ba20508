package io.rosbalena.colcon;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.store.Progress;
import java.util.List;
import org.junit.jupiter.api.Test;

class ColconOutputTest {
    private final ColconOutput output = new ColconOutput(List.of("planner", "camera"), Progress.SILENT);

    @Test
    void eachLineTellsWhatBecameOfAPackage() {
        List.of(
                        "Starting >>> planner",
                        "Finished <<< planner [0.54s]",
                        "Starting >>> camera",
                        "Failed   <<< camera [1.2s, exited with code 1]",
                        "Finished <<< stranger [0.1s]")
                .forEach(output);

        assertThat(output.hasFinished("planner")).isTrue();
        assertThat(output.hasFinished("camera")).isFalse();
        assertThat(output.hasFailed("camera")).isTrue();
        assertThat(output.hasFinished("stranger")).isFalse();
    }

    /** As podman printed it: colcon ends the block of standard error with three dashes, whose line end came later. */
    @Test
    void aLineOfTheOtherStreamMayStandBeforeIt() {
        List.of("Starting >>> planner", "--- stderr: planner", "warnings.warn(", "---Finished <<< planner [0.54s]", "")
                .forEach(output);

        assertThat(output.hasFinished("planner")).isTrue();
    }
}
