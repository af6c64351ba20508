package io.rosbalena.lint.contract;

import io.rosbalena.lint.DeviceType;
import java.util.List;

/**
 * What a robot is built for.
 *
 * @param types its device types; none where only platforms are stated
 * @param platforms its platforms, for example {@code linux/arm64}; none where nothing is stated
 */
public record BuiltFor(List<DeviceType> types, List<String> platforms) {
    public BuiltFor {
        types = List.copyOf(types);
        platforms = List.copyOf(platforms);
    }
}
