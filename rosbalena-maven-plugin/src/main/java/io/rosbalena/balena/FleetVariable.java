package io.rosbalena.balena;

import io.rosbalena.yaml.Position;
import java.util.List;
import java.util.Optional;

/**
 * A variable that devices get from their fleet, as the project describes it.
 *
 * @param name as programs see it
 * @param type what values may be
 * @param preset the value where nothing else is said; never that of a secret
 * @param description for people
 * @param secret whether its value is shown to nobody
 * @param scope who gets it
 * @param services which of them see it; empty: all
 * @param place where it is described
 */
public record FleetVariable(
        String name,
        ValueType type,
        Optional<String> preset,
        String description,
        boolean secret,
        Scope scope,
        List<String> services,
        Position place) {

    /** Names that begin so configure the device and its Supervisor; no program sees them. */
    private static final List<String> NAMESPACES = List.of("RESIN_", "BALENA_");

    /** Who gets a variable. */
    public enum Scope {
        /** All devices of the fleet. */
        FLEET,
        /** One service, or some, on all devices of the fleet. */
        SERVICE,
        /** One device, which has a value of its own. */
        DEVICE
    }

    public FleetVariable {
        services = List.copyOf(services);
    }

    /** Whether it configures the device, and is no variable of programs. */
    public boolean isConfiguration() {
        return isConfiguration(name);
    }

    static boolean isConfiguration(String name) {
        return NAMESPACES.stream().anyMatch(name::startsWith);
    }

    /** Whether a service sees it. */
    boolean reaches(String service) {
        return !isConfiguration() && (services.isEmpty() || services.contains(service));
    }
}
