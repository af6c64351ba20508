package io.rosbalena.compose;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * {@code x-rosbalena} at the top level.
 *
 * @param rosDomainId the one domain of the robot, 0 to 232
 * @param rmw the one RMW_IMPLEMENTATION of the robot
 * @param dds how services find each other: {@code host}, {@code unicast} or {@code loopback}
 * @param hardware words of {@link HardwareWord} that hold for every ROS service
 */
public record ProjectExtension(
        OptionalInt rosDomainId, Optional<String> rmw, Optional<String> dds, List<String> hardware) {
    /** Nothing stated. */
    public static final ProjectExtension NONE =
            new ProjectExtension(OptionalInt.empty(), Optional.empty(), Optional.empty(), List.of());

    public ProjectExtension {
        hardware = List.copyOf(hardware);
    }
}
