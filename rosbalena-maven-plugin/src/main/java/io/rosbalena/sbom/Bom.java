package io.rosbalena.sbom;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What one image is made of.
 *
 * @param image the image
 * @param system what it runs; empty if it does not say
 * @param components what it holds, sorted
 * @param dependencies what each needs of the others, by their package URLs; the image needs the roots
 */
public record Bom(
        Component image,
        Optional<OperatingSystem> system,
        List<Component> components,
        SortedMap<String, SortedSet<String>> dependencies) {
    public Bom {
        components = components.stream()
                .sorted(Comparator.comparing(Component::purl))
                .toList();
        SortedMap<String, SortedSet<String>> copy = new TreeMap<>();
        dependencies.forEach((from, to) -> copy.put(from, Collections.unmodifiableSortedSet(new TreeSet<>(to))));
        dependencies = Collections.unmodifiableSortedMap(copy);
    }

    /**
     * The same list with the image at the root of its dependencies.
     *
     * @param wanted components that the image is for or that somebody asked for; more become roots where nothing else leads
     *     to them
     * @param needs what components need of each other
     */
    public static Bom of(
            Component image,
            Optional<OperatingSystem> system,
            List<Component> components,
            SortedSet<String> wanted,
            SortedMap<String, SortedSet<String>> needs) {
        SortedSet<String> all = new TreeSet<>();
        components.forEach(one -> all.add(one.purl()));
        SortedMap<String, SortedSet<String>> graph = new TreeMap<>();
        for (String one : all) {
            SortedSet<String> others = new TreeSet<>(needs.getOrDefault(one, Collections.emptySortedSet()));
            others.retainAll(all);
            others.remove(one);
            graph.put(one, others);
        }
        graph.put(image.purl(), Roots.of(graph, wanted));
        return new Bom(image, system, components, graph);
    }

    /** The document's bytes: the same for the same list. */
    public byte[] cycloneDx() {
        return new CycloneDx(this).bytes();
    }
}
