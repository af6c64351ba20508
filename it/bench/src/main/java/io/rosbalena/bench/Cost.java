package io.rosbalena.bench;

import java.util.Comparator;
import java.util.List;

/**
 * What something took.
 *
 * @param wall seconds from start to end
 * @param cpu seconds of all processors together
 */
record Cost(double wall, double cpu) {
    /** Of several runs the one in the middle by wall time. */
    static Cost median(List<Cost> runs) {
        return runs.stream()
                .sorted(Comparator.comparingDouble(Cost::wall))
                .skip((runs.size() - 1) / 2)
                .findFirst()
                .orElseThrow();
    }

    Cost plus(Cost other) {
        return new Cost(wall + other.wall, cpu + other.cpu);
    }

    Cost minus(Cost other) {
        return new Cost(wall - other.wall, cpu - other.cpu);
    }
}
