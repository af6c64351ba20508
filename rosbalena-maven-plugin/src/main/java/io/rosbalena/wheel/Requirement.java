package io.rosbalena.wheel;

import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a project asks for (PEP 508).
 *
 * @param name of the other project, normalised
 * @param extras of it, normalised
 * @param specifiers versions of it; any, if it is asked for at an address
 * @param url the address
 * @param marker when it is asked for; always, without
 */
public record Requirement(
        String name,
        SortedSet<String> extras,
        VersionSpecifiers specifiers,
        Optional<String> url,
        Optional<Marker> marker) {

    public Requirement {
        extras = Collections.unmodifiableSortedSet(new TreeSet<>(extras));
    }

    /** The requirement that a text says; empty if it is none. */
    public static Optional<Requirement> parse(String text) {
        return RequirementReader.read(text);
    }

    /**
     * Whether it is asked for.
     *
     * @param wanted extras of the project that asks, normalised; what it asks for without any counts too
     */
    public boolean applies(MarkerEnvironment environment, Set<String> wanted) {
        return marker.isEmpty()
                || marker.get().holds(environment, "")
                || wanted.stream().anyMatch(extra -> marker.get().holds(environment, extra));
    }

    /** Without the marker, which only says when. */
    @Override
    public String toString() {
        return name
                + (extras.isEmpty() ? "" : "[" + String.join(",", extras) + "]")
                + specifiers
                + url.map(address -> " @ an address").orElse("");
    }
}
