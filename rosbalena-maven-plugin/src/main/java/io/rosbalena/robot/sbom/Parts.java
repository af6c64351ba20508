package io.rosbalena.robot.sbom;

import io.rosbalena.sbom.Component;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Collects the components of one image, which name each other as their own kind of packages does. */
final class Parts {
    /** Whose name it is: a Debian package and a wheel may have the same. */
    enum Kind {
        DEB,
        WORKSPACE,
        WHEEL
    }

    private record Name(Kind kind, String text) {}

    private record Need(Name by, Name of) {}

    private final List<Component> components = new ArrayList<>();
    private final Map<Name, String> purls = new HashMap<>();
    private final List<Need> needs = new ArrayList<>();
    private final SortedSet<String> wanted = new TreeSet<>();

    /**
     * Adds a component.
     *
     * @param isWanted whether the image is for it, or somebody asked for it by its name
     */
    void add(Kind kind, String name, Component component, boolean isWanted) {
        components.add(component);
        purls.put(new Name(kind, name), component.purl());
        if (isWanted) {
            wanted.add(component.purl());
        }
    }

    /** Adds that a component needs another one of its kind. */
    void need(Kind kind, String by, String name) {
        needs.add(new Need(new Name(kind, by), new Name(kind, name)));
    }

    List<Component> components() {
        return List.copyOf(components);
    }

    SortedSet<String> wanted() {
        return wanted;
    }

    /** What each component needs, by package URLs. */
    SortedMap<String, SortedSet<String>> needs() {
        SortedMap<String, SortedSet<String>> graph = new TreeMap<>();
        for (Need need : needs) {
            Optional<String> by = Optional.ofNullable(purls.get(need.by()));
            Optional<String> of = Optional.ofNullable(purls.get(need.of()));
            if (by.isPresent() && of.isPresent()) {
                graph.computeIfAbsent(by.get(), any -> new TreeSet<>()).add(of.get());
            }
        }
        return graph;
    }
}
