package io.rosbalena.robot.locking;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Decides in which image layer each Debian package stands. The decision is written into the lock and never changes by
 * itself: a package that has a layer keeps it, so adding a service or a package moves no other and no robot downloads
 * again what it has.
 *
 * <p>A service takes every layer of which it needs all packages; what it needs beyond them stands in a layer of its own
 * (see {@link #OWN}).
 */
public final class LayerAssignment {
    /** The layer of a base that is assembled from apt: the essential packages. */
    public static final String BASE = "base";

    /** Not a shared layer: each service that needs the package holds it itself. */
    public static final String OWN = "own";

    /** Layers of packages below the service's own ones, beside the base. */
    private static final int BUDGET = 4;

    /** A group smaller than this is not worth a layer that some services share, in bytes of {@code .deb}. */
    private static final long WORTHWHILE = 500_000;

    private LayerAssignment() {}

    /**
     * A package to place.
     *
     * @param name its name
     * @param archive what kind of archive it comes from: {@code system}, {@code updates}, {@code ros} or {@code other};
     *     packages that change at different rates never share a layer
     * @param size bytes of the {@code .deb}
     */
    public record Placed(String name, String archive, long size) {}

    private record Group(String archive, SortedSet<String> services) {}

    /**
     * The layer of each package.
     *
     * @param packages all packages of the images
     * @param base names of the packages that the base is assembled from; empty for a ready-made base
     * @param sets names of the packages of each service
     * @param known the layers that the lock already gives
     */
    public static SortedMap<String, String> assign(
            Collection<Placed> packages,
            Set<String> base,
            Map<String, ? extends Collection<String>> sets,
            Map<String, String> known) {
        SortedMap<String, String> layers = new TreeMap<>();
        SortedMap<String, SortedSet<String>> needed = services(sets);
        Map<Group, List<Placed>> fresh = new TreeMap<>(
                Comparator.comparing(Group::archive).thenComparing(group -> String.join(" ", group.services())));
        for (Placed one : packages) {
            String before = known.get(one.name());
            if (before != null) {
                layers.put(one.name(), before);
            } else if (base.contains(one.name())) {
                layers.put(one.name(), BASE);
            } else {
                SortedSet<String> services = needed.getOrDefault(one.name(), new TreeSet<>());
                fresh.computeIfAbsent(new Group(one.archive(), services), group -> new ArrayList<>())
                        .add(one);
            }
        }
        Set<String> taken = new TreeSet<>(known.values());
        List<Group> shared = new ArrayList<>();
        fresh.forEach((group, members) -> {
            if (group.services().size() == sets.size()) {
                place(members, group.archive(), layers, taken);
            } else {
                shared.add(group);
            }
        });
        shared.sort(Comparator.comparingLong((Group group) -> -saved(group, fresh))
                .thenComparing(Group::archive)
                .thenComparing(group -> String.join(" ", group.services())));
        for (Group group : shared) {
            boolean worthwhile = group.services().size() > 1 && saved(group, fresh) >= WORTHWHILE;
            boolean room = taken.stream()
                            .filter(name -> !name.equals(BASE) && !name.equals(OWN))
                            .count()
                    < BUDGET;
            place(
                    fresh.getOrDefault(group, List.of()),
                    worthwhile && room ? free(group.archive(), taken) : OWN,
                    layers,
                    taken);
        }
        return layers;
    }

    private static void place(List<Placed> members, String layer, Map<String, String> layers, Set<String> taken) {
        members.forEach(one -> layers.put(one.name(), layer));
        taken.add(layer);
    }

    private static String free(String archive, Set<String> taken) {
        int number = 2;
        while (taken.contains(archive + "-" + number)) {
            number++;
        }
        return archive + "-" + number;
    }

    /** Bytes that robots and registries need not hold twice when a group has a layer of its own. */
    private static long saved(Group group, Map<Group, List<Placed>> groups) {
        return (group.services().size() - 1)
                * groups.getOrDefault(group, List.of()).stream()
                        .mapToLong(Placed::size)
                        .sum();
    }

    private static SortedMap<String, SortedSet<String>> services(Map<String, ? extends Collection<String>> sets) {
        SortedMap<String, SortedSet<String>> needed = new TreeMap<>();
        sets.forEach((service, names) -> names.forEach(
                name -> needed.computeIfAbsent(name, key -> new TreeSet<>()).add(service)));
        return needed;
    }

    /**
     * The layers that a service stands on, from the bottom: each with the names of its packages.
     *
     * @param layers the layer of each package of the platform's images
     * @param set names of the packages of the service, those of the base included
     */
    public static SortedMap<String, SortedSet<String>> stack(Map<String, String> layers, Set<String> set) {
        SortedMap<String, SortedSet<String>> whole = new TreeMap<>(ORDER);
        layers.forEach((name, layer) ->
                whole.computeIfAbsent(layer, key -> new TreeSet<>()).add(name));
        SortedMap<String, SortedSet<String>> stack = new TreeMap<>(ORDER);
        SortedSet<String> rest = new TreeSet<>(set);
        whole.forEach((layer, names) -> {
            if (!layer.equals(OWN) && set.containsAll(names)) {
                stack.put(layer, names);
                rest.removeAll(names);
            }
        });
        if (!rest.isEmpty()) {
            stack.put(OWN, rest);
        }
        return stack;
    }

    /** Coldest first: the base, what never changes, what is updated, ROS, everything else, the service's own. */
    private static final Comparator<String> ORDER =
            Comparator.comparingInt(LayerAssignment::rank).thenComparing(Comparator.naturalOrder());

    private static int rank(String layer) {
        int at = List.of(BASE, "system", "updates", "ros", "other").indexOf(layer.replaceFirst("-[0-9]+$", ""));
        return at < 0 ? Integer.MAX_VALUE : at;
    }
}
