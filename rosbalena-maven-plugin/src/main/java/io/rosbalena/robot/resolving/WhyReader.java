package io.rosbalena.robot.resolving;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.finding.Spelling;
import io.rosbalena.image.Platform;
import io.rosbalena.lock.Lock;
import io.rosbalena.lock.LockedPackage;
import io.rosbalena.lock.LockedPlatform;
import io.rosbalena.lock.LockedWheel;
import io.rosbalena.robot.base.Base;
import io.rosbalena.robot.base.Bases;
import io.rosbalena.robot.deb.Mirrors;
import io.rosbalena.robot.project.Robot;
import io.rosbalena.robot.surroundings.Surroundings;
import io.rosbalena.robot.wheel.WheelRelations;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Finds the chains that lead to a name. */
final class WhyReader {
    private static final int CHAINS = 20;
    private static final int SUGGESTED = 5;

    private final Robot robot;
    private final Lock lock;
    private final Surroundings surroundings;

    WhyReader(Robot robot, Lock lock, Surroundings surroundings) {
        this.robot = robot;
        this.lock = lock;
        this.surroundings = surroundings;
    }

    /**
     * Everything that leads to a Debian package, a wheel, a rosdep key or a package of the workspace; of equal names the
     * first of these is meant.
     *
     * @throws FindingException RB735 if none has the name
     */
    WhyReport read(String name, List<ResolvedPlatform> platforms) throws IOException, InterruptedException {
        List<Place> places = new ArrayList<>();
        for (ResolvedPlatform platform : platforms) {
            Relations relations = relations(platform);
            platform.sets()
                    .forEach(set -> places.add(
                            new Place(platform, set, GraphReader.read(set, relations.debs(), relations.wheels()))));
        }
        Node meant = places.stream()
                .flatMap(place -> place.graph().find(name).stream())
                .min(Comparator.naturalOrder())
                .orElseThrow(() -> unknown(name, places));
        return new WhyReport(
                meant.name(),
                meant.kind(),
                places.stream()
                        .filter(place -> place.graph().nodes().contains(meant))
                        .map(place -> holder(place, meant))
                        .toList());
    }

    private record Place(ResolvedPlatform platform, ResolvedSet set, DependencyGraph graph) {}

    private record Relations(LockedRelations debs, WheelRelations wheels) {}

    private Relations relations(ResolvedPlatform platform) throws IOException, InterruptedException {
        SortedMap<String, LockedPackage> members = new TreeMap<>();
        platform.sets()
                .forEach(set -> Stream.concat(set.members().stream(), set.pruned().stream())
                        .forEach(one -> members.put(one.name(), one)));
        LockedPlatform locked = Objects.requireNonNull(lock.platforms().get(platform.name()));
        Platform parsed = Platform.parse(platform.name());
        try (Base base = Bases.locked(robot, locked.base(), parsed, surroundings)) {
            Mirrors.ensure(members.values(), base, surroundings, arrived -> {});
            return new Relations(
                    LockedRelations.read(members.values(), surroundings),
                    WheelRelations.read(robot.project(), locked, parsed, base, surroundings));
        }
    }

    private static WhyReport.Holder holder(Place place, Node target) {
        DependencyGraph graph = place.graph();
        Chains found = Chains.find(graph, target, CHAINS);
        return new WhyReport.Holder(
                place.platform().name(),
                place.set().name(),
                version(place.set(), target),
                target.kind() == Node.Kind.DEB && place.set().isPruned(target.name()),
                graph.size(target),
                graph.freedWithout(edge -> edge.to().equals(target)),
                found.chains().stream().map(edges -> chain(edges, graph)).toList(),
                found.further());
    }

    private static Optional<String> version(ResolvedSet set, Node target) {
        return Stream.concat(
                        Stream.concat(set.members().stream(), set.pruned().stream())
                                .filter(one -> target.equals(new Node(Node.Kind.DEB, one.name())))
                                .map(LockedPackage::version),
                        set.wheels().stream()
                                .filter(one -> target.equals(new Node(Node.Kind.WHEEL, one.name())))
                                .map(LockedWheel::version))
                .findFirst();
    }

    private static WhyReport.Chain chain(List<Edge> edges, DependencyGraph graph) {
        Edge cut = edges.stream()
                .filter(edge -> edge.to().kind() != Node.Kind.WORKSPACE)
                .findFirst()
                .orElse(edges.get(edges.size() - 1));
        if (GraphReader.EVERY_SYSTEM.contains(cut.reason())) {
            return new WhyReport.Chain(edges, Optional.empty(), 0, Optional.empty());
        }
        return new WhyReport.Chain(
                edges,
                Optional.of(cut),
                graph.freedWithout(cut::equals),
                cut.to().kind() == Node.Kind.KEY
                        ? Optional.of(graph.freedWithout(edge -> edge.to().equals(cut.to())))
                        : Optional.empty());
    }

    private FindingException unknown(String name, List<Place> places) {
        Set<String> known = new TreeSet<>();
        places.forEach(place -> place.graph().nodes().stream()
                .filter(node -> node.kind() != Node.Kind.ROOT)
                .forEach(node -> known.add(node.name())));
        int allowed = Math.max(1, name.length() / 3);
        List<String> near = known.stream()
                .filter(other -> other.contains(name) || Spelling.distance(name, other, allowed) <= allowed)
                .sorted(Comparator.comparingInt((String other) -> Spelling.distance(name, other, other.length()))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(SUGGESTED)
                .toList();
        return FindingException.input(
                Finding.error("RB735", "nothing in the lock or the workspace is called \"" + name + "\"")
                        .at(robot.project().files().show(robot.project().files().lock()))
                        .fix((near.isEmpty() ? "" : "did you mean " + String.join(" or ", near) + "? Else ")
                                + "give -Drosbalena.why the name of a Debian package, a wheel, a rosdep key or a package"
                                + " of the workspace; mvn rosbalena:resolve lists them"));
    }
}
