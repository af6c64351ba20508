package io.rosbalena.compose;

import java.util.Optional;
import java.util.Set;

/**
 * What decides how DDS in a ROS service is told where to look.
 *
 * @param rosDistro the ROS distribution; empty where nobody says
 * @param cyclone whether the image has CycloneDDS
 * @param fast whether it has Fast DDS
 */
public record RosImage(Optional<String> rosDistro, boolean cyclone, boolean fast) {
    private static final String ZENOH = "rmw_zenoh_cpp";

    /**
     * The image with these Debian packages, be they of ROS or of the distribution.
     *
     * @param packages names, such as {@code ros-jazzy-cyclonedds}, {@code libddsc0debian} and {@code libfastrtps2.9}
     */
    public static RosImage of(Optional<String> rosDistro, Set<String> packages) {
        return new RosImage(
                rosDistro,
                packages.stream().anyMatch(name -> name.contains("cyclonedds") || name.startsWith("libddsc")),
                packages.stream().anyMatch(name -> name.contains("fastrtps") || name.contains("fastdds")));
    }

    /** Whether nodes of a service speak through CycloneDDS, be it below ROS or without. */
    boolean speaksCyclone(Service service) {
        String asked = asked(service);
        return asked.isEmpty() ? cyclone && !fast : asked.equals("rmw_cyclonedds_cpp");
    }

    /** Whether they speak through another DDS; without a word and without CycloneDDS that is Fast DDS. */
    boolean speaksOther(Service service) {
        return !speaksCyclone(service) && !asked(service).equals(ZENOH);
    }

    /** Whether that other DDS is Fast DDS. */
    boolean speaksFast(Service service) {
        return speaksOther(service)
                && (asked(service).isEmpty() || asked(service).startsWith("rmw_fastrtps"));
    }

    private static String asked(Service service) {
        return service.environment().getOrDefault("RMW_IMPLEMENTATION", "");
    }
}
