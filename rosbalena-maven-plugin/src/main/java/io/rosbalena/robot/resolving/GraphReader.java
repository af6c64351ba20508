package io.rosbalena.robot.resolving;

import io.rosbalena.lock.LockedPackage;
import io.rosbalena.robot.wheel.WheelRelations;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Makes the graph of a set: who asks for which key, which packages that means, and what these need. */
final class GraphReader {
    /** What the lock says of packages that no one asks for, see {@code PlatformSets}. */
    static final Set<String> EVERY_SYSTEM = Set.of("every system", "every base");

    private final ResolvedSet set;
    private final LockedRelations relations;
    private final DependencyGraph graph;
    private final Set<String> members = new TreeSet<>();
    private final Map<String, Set<String>> extras = new HashMap<>();

    private GraphReader(ResolvedSet set, LockedRelations relations) {
        this.set = set;
        this.relations = relations;
        this.graph = new DependencyGraph(
                new Node(Node.Kind.ROOT, set.isBuildRoot() ? "the build root" : "service " + set.name()));
        set.members().forEach(one -> members.add(one.name()));
        // Chains lead through what was left out, which weighs nothing.
        set.pruned().forEach(one -> members.add(one.name()));
    }

    static DependencyGraph read(ResolvedSet set, LockedRelations relations, WheelRelations wheels) {
        GraphReader reader = new GraphReader(set, relations);
        reader.set
                .own()
                .forEach(name -> reader.graph.add(
                        reader.graph.root(),
                        new Node(Node.Kind.WORKSPACE, name),
                        set.isBuildRoot() ? "compiled" : set.place()));
        set.asks().forEach(reader::ask);
        relations.addTo(reader.graph, reader.members);
        reader.wheels(wheels);
        reader.ofEverySystem();
        return reader.graph;
    }

    private void ask(Ask ask) {
        Node asker = ask.kind() == Ask.Kind.PACKAGE ? new Node(Node.Kind.WORKSPACE, ask.name()) : graph.root();
        String prefix = ask.kind() == Ask.Kind.PACKAGE ? "" : ask.name() + " in ";
        ask.needs()
                .forEach(need ->
                        graph.add(asker, new Node(Node.Kind.WORKSPACE, need.name()), place(ask.file(), need.line())));
        for (Ask.Key key : ask.keys()) {
            graph.add(asker, new Node(Node.Kind.KEY, key.name()), prefix + place(ask.file(), key.line()));
            key.rules().forEach(rule -> rule(key, rule));
        }
        ask.packages().forEach(one -> meant(asker, one, prefix + place(ask.file(), ask.line())));
    }

    private void rule(Ask.Key asked, Ask.Rule rule) {
        Node key = new Node(Node.Kind.KEY, rule.key());
        // Which rule of several adds a key is of no importance: the key that was asked for leads to all of them.
        graph.add(new Node(Node.Kind.KEY, asked.name()), key, "depends of its rule");
        rule.packages().forEach(one -> meant(key, one, rule.place().toString()));
    }

    private void meant(Node asker, SystemPackage one, String reason) {
        if (!one.installer().equals("apt")) {
            graph.add(asker, new Node(Node.Kind.WHEEL, one.name()), reason);
            extras.computeIfAbsent(one.name(), any -> new TreeSet<>()).addAll(one.extras());
            return;
        }
        relations.meaning(one.name(), members).forEach(name -> graph.add(asker, new Node(Node.Kind.DEB, name), reason));
    }

    private void wheels(WheelRelations relations) {
        set.wheels().forEach(one -> graph.weigh(new Node(Node.Kind.WHEEL, one.name()), one.size()));
        for (WheelRelations.Need need : relations.needs(set.wheels(), extras)) {
            graph.add(
                    new Node(Node.Kind.WHEEL, need.by()),
                    new Node(Node.Kind.WHEEL, need.project()),
                    "Requires-Dist: " + need.requirement());
        }
        Set<Node> reached = graph.reachable(edge -> true);
        set.wheels().stream()
                .map(one -> new Node(Node.Kind.WHEEL, one.name()))
                .filter(node -> !reached.contains(node))
                .forEach(node -> graph.add(graph.root(), node, "the lock"));
    }

    /** What nobody asks for comes with every base; the lock says so. */
    private void ofEverySystem() {
        for (LockedPackage one : set.members()) {
            Node node = new Node(Node.Kind.DEB, one.name());
            graph.weigh(node, one.size());
            if (EVERY_SYSTEM.contains(one.why())) {
                graph.add(graph.root(), node, one.why());
            }
        }
        Set<Node> reached = graph.reachable(edge -> true);
        for (LockedPackage one : set.members()) {
            Node node = new Node(Node.Kind.DEB, one.name());
            if (!reached.contains(node)) {
                Node by = new Node(Node.Kind.DEB, one.why());
                graph.add(reached.contains(by) ? by : graph.root(), node, "the lock: " + one.why());
            }
        }
    }

    private static String place(String file, int line) {
        return line > 0 ? file + ":" + line : file;
    }
}
