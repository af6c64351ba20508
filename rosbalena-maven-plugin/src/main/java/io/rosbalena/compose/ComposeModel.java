package io.rosbalena.compose;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * What a compose file says.
 *
 * @param services by name
 * @param networks declared networks by name, with their fields
 * @param volumes declared volumes
 * @param extension {@code x-rosbalena} of the file
 * @param variables the variables that its text was completed with; a stale value makes the lock stale
 */
public record ComposeModel(
        SortedMap<String, Service> services,
        SortedMap<String, FieldValue.Mapping> networks,
        SortedSet<String> volumes,
        ProjectExtension extension,
        SortedMap<String, String> variables) {
    public ComposeModel {
        services = Collections.unmodifiableSortedMap(new TreeMap<>(services));
        networks = Collections.unmodifiableSortedMap(new TreeMap<>(networks));
        volumes = Collections.unmodifiableSortedSet(new TreeSet<>(volumes));
        variables = Collections.unmodifiableSortedMap(new TreeMap<>(variables));
    }

    /**
     * The model of a workspace without compose file: one service {@code main} with every package and a volume at
     * {@code /data}, where the logs of ROS stand, and bags whose place nobody says: they outlive updates there.
     */
    public static ComposeModel withoutFile() {
        SortedMap<String, FieldValue> fields = new TreeMap<>();
        fields.put("volumes", FieldValue.texts(List.of("resin-data:/data")));
        fields.put("environment", FieldValue.texts(Map.of("ROS_LOG_DIR", "/data/log")));
        // What records names its bag relative to the folder that it was started in.
        fields.put("working_dir", new FieldValue.Text("/data"));
        Service main = new Service(
                "main",
                Optional.of(new Build(".", Optional.empty())),
                Optional.empty(),
                ServiceExtension.NONE,
                fields,
                new Places(Map.of()));
        return new ComposeModel(
                new TreeMap<>(Map.of("main", main)),
                new TreeMap<>(),
                new TreeSet<>(List.of("resin-data")),
                ProjectExtension.NONE,
                new TreeMap<>());
    }

    /**
     * A service.
     *
     * @throws IllegalArgumentException if there is none of this name
     */
    public Service service(String name) {
        return Optional.ofNullable(services.get(name))
                .orElseThrow(() -> new IllegalArgumentException("no service " + name));
    }

    /** The model with each service replaced. */
    public ComposeModel map(UnaryOperator<Service> change) {
        SortedMap<String, Service> changed = new TreeMap<>();
        services.forEach((name, service) -> changed.put(name, change.apply(service)));
        return new ComposeModel(changed, networks, volumes, extension, variables);
    }
}
