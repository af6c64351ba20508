package io.rosbalena.lint.rules;

import io.rosbalena.compose.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A service as rules see it.
 *
 * @param service what the manifest says
 * @param contents what is known to be in its image
 * @param rosDistro the ROS distribution of what is built
 */
record ServiceView(Service service, Optional<Contents> contents, Optional<String> rosDistro) {
    private static final Set<String> ROS_VARIABLES = Set.of(
            "ROS_DOMAIN_ID",
            "RMW_IMPLEMENTATION",
            "ROS_LOCALHOST_ONLY",
            "ROS_AUTOMATIC_DISCOVERY_RANGE",
            "ROS_STATIC_PEERS",
            "ROS_DISCOVERY_SERVER");

    String name() {
        return service.name();
    }

    /** A variable that the manifest sets. */
    Optional<String> variable(String variable) {
        return Optional.ofNullable(service.environment().get(variable));
    }

    boolean isOnHost() {
        return service.text("network_mode").filter("host"::equals).isPresent();
    }

    boolean sharesHostMemory() {
        return service.text("ipc").filter("host"::equals).isPresent();
    }

    /** Entry point and command, one after the other. */
    List<String> words() {
        List<String> words = new ArrayList<>(service.entrypoint().orElse(List.of()));
        words.addAll(service.command().orElse(List.of()));
        return words;
    }

    /** The verb of a {@code ros2} command and what follows it; empty if it starts something else. */
    List<String> ros2() {
        List<String> words = words();
        int at = words.indexOf("ros2");
        return at < 0 || at + 1 >= words.size() ? List.of() : words.subList(at + 1, words.size());
    }

    /** Whether its packages, its command or its variables say that it runs ROS nodes. */
    boolean isRos() {
        return contents.filter(Contents::isRos).isPresent()
                || !ros2().isEmpty()
                || service.environment().keySet().stream().anyMatch(ROS_VARIABLES::contains);
    }

    /** The middleware that it will use; empty if that is not known. */
    Optional<String> middleware() {
        return variable("RMW_IMPLEMENTATION").filter(name -> !name.isEmpty()).or(this::defaultMiddleware);
    }

    /**
     * Without RMW_IMPLEMENTATION, rmw_implementation takes Fast DDS if it is there, else the first by name
     * (rmw_implementation, default of every distribution since Galactic but Fast DDS in all of them from Humble on).
     */
    private Optional<String> defaultMiddleware() {
        SortedSet<String> installed = middlewares().orElse(new TreeSet<>());
        return installed.contains("rmw_fastrtps_cpp")
                ? Optional.of("rmw_fastrtps_cpp")
                : installed.stream().findFirst();
    }

    /** The middlewares in its image; empty if the lock does not tell. */
    Optional<SortedSet<String>> middlewares() {
        return contents.flatMap(one -> one.system().map(names -> {
            SortedSet<String> found = new TreeSet<>();
            String prefix = "ros-" + rosDistro.orElse("?") + "-";
            Stream.concat(names.stream(), one.base().stream())
                    .filter(name -> name.startsWith(prefix + "rmw-"))
                    .map(name -> name.substring(prefix.length()).replace('-', '_'))
                    .filter(MIDDLEWARES::containsKey)
                    .forEach(found::add);
            one.packages().stream().filter(MIDDLEWARES::containsKey).forEach(found::add);
            return found;
        }));
    }

    /** The implementations of rmw that distributions release, and what each speaks. */
    static final Map<String, String> MIDDLEWARES = Map.of(
            "rmw_fastrtps_cpp", "Fast DDS",
            "rmw_fastrtps_dynamic_cpp", "Fast DDS",
            "rmw_cyclonedds_cpp", "CycloneDDS",
            "rmw_connextdds", "Connext",
            "rmw_gurumdds_cpp", "GurumDDS",
            "rmw_zenoh_cpp", "Zenoh");
}
