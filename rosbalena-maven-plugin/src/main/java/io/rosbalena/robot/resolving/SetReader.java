package io.rosbalena.robot.resolving;

import io.rosbalena.colcon.BuildRootPackages;
import io.rosbalena.lock.LockedPlatform;
import io.rosbalena.robot.project.BuildNeeds;
import io.rosbalena.robot.project.Robot;
import io.rosbalena.robot.project.RobotService;
import io.rosbalena.robot.project.RosCommand;
import io.rosbalena.rosdep.Resolution;
import io.rosbalena.rosdep.ResolvedKeys;
import io.rosbalena.rosdep.TargetOs;
import io.rosbalena.workspace.DependencyTypes;
import io.rosbalena.workspace.KeyOrigin;
import io.rosbalena.workspace.RosPackage;
import io.rosbalena.workspace.manifest.Dependency;
import io.rosbalena.workspace.manifest.DependencyKind;
import io.rosbalena.yaml.Position;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Finds out who asks for what on one platform. */
final class SetReader {
    /** What a package is compiled with, and what of that runs while others are compiled. */
    private static final Set<DependencyKind> BUILDING = EnumSet.range(DependencyKind.BUILD, DependencyKind.EXEC);

    private final Robot robot;
    private final BuildNeeds build;
    private final TargetOs os;
    private final ResolvedKeys keys;
    private final LockedPlatform locked;
    private final PackageLookup packages;
    private final Map<String, List<Ask.Rule>> rules = new HashMap<>();

    SetReader(
            Robot robot,
            BuildNeeds build,
            TargetOs os,
            ResolvedKeys keys,
            LockedPlatform locked,
            PackageLookup packages) {
        this.robot = robot;
        this.build = build;
        this.os = os;
        this.keys = keys;
        this.locked = locked;
        this.packages = packages;
    }

    ResolvedSet service(RobotService service) throws IOException {
        List<Ask> asks = new ArrayList<>();
        if (service.closure().isPresent()) {
            Set<DependencyKind> kinds = DependencyTypes.parse(
                            robot.project().rosdep().dependencyTypes())
                    .kinds();
            asks.addAll(packages(service.packages(), service.closure().get().keys(), kinds));
        }
        Optional<String> command =
                RosCommand.key(service).filter(key -> service.keys().contains(key));
        if (command.isPresent()) {
            String field = RosCommand.field(service.compose()).orElse("");
            Position place = service.compose().places().of(field);
            asks.add(ask(
                    Ask.Kind.COMMAND,
                    field.isEmpty() ? "launch file" : field,
                    place,
                    List.of(key(command.get(), place.line())),
                    List.of()));
        }
        if (!service.tools().isEmpty()) {
            List<Ask.Key> tools = new ArrayList<>();
            for (String tool : service.tools()) {
                tools.add(key(tool, 0));
            }
            asks.add(ask(Ask.Kind.TOOLS, "rosbalena.tools", Position.of("pom.xml"), tools, List.of()));
        }
        if (!service.compose().extension().apt().isEmpty()) {
            asks.add(ask(
                    Ask.Kind.MANIFEST,
                    "x-rosbalena.apt",
                    service.compose().places().of("x-rosbalena.apt"),
                    List.of(),
                    service.compose().extension().apt()));
        }
        Position place = service.compose().places().of("");
        return new ResolvedSet(
                service.name(),
                place.line() > 0 ? place.file() + ":" + place.line() : "every package: there is no compose file",
                service.own(),
                asks,
                locked.members(service.name()),
                locked.pruned(service.name()),
                locked.wheels(service.name()));
    }

    ResolvedSet totalsOfBuildRoot() {
        return new ResolvedSet(
                LockedPlatform.BUILD,
                "",
                Set.of(),
                List.of(),
                locked.members(LockedPlatform.BUILD),
                List.of(),
                locked.wheels(LockedPlatform.BUILD));
    }

    ResolvedSet buildRoot() throws IOException {
        NavigableSet<String> names = new TreeSet<>();
        build.packages().forEach(one -> names.add(one.name()));
        List<Ask> asks =
                new ArrayList<>(packages(names, build.closure().orElseThrow().keys(), BUILDING));
        asks.add(ask(
                Ask.Kind.BUILDING,
                "colcon and compilers",
                Position.of("pom.xml"),
                List.of(),
                BuildRootPackages.forOs(os.name(), os.codename(), build.buildTypes())));
        asks.add(running());
        return new ResolvedSet(
                LockedPlatform.BUILD,
                "",
                names,
                asks,
                locked.members(LockedPlatform.BUILD),
                List.of(),
                locked.wheels(LockedPlatform.BUILD));
    }

    /** Generators and tests of packages import what the services run with. */
    private Ask running() throws IOException {
        NavigableSet<String> names = new TreeSet<>();
        robot.services().forEach(service -> names.addAll(service.keys()));
        List<Ask.Key> asked = new ArrayList<>();
        for (String name : names) {
            asked.add(key(name, 0));
        }
        String file = robot.project().files().show(robot.project().files().compose());
        return ask(Ask.Kind.RUNNING, "what the services run with", Position.of(file), asked, List.of());
    }

    private List<Ask> packages(
            Collection<String> names, Map<String, List<KeyOrigin>> origins, Set<DependencyKind> kinds)
            throws IOException {
        SortedMap<String, List<Ask.Key>> asked = new TreeMap<>();
        SortedMap<String, List<String>> via = new TreeMap<>();
        for (Map.Entry<String, List<KeyOrigin>> one : origins.entrySet()) {
            for (KeyOrigin origin : one.getValue()) {
                via.put(origin.packageName(), origin.chain());
                asked.computeIfAbsent(origin.packageName(), any -> new ArrayList<>())
                        .add(key(one.getKey(), origin.line()));
            }
        }
        List<Ask> asks = new ArrayList<>();
        for (String name : names) {
            RosPackage one = robot.workspace().find(name).orElseThrow();
            List<Ask.Need> needs = robot.workspace().needs(one, kinds).stream()
                    .filter(names::contains)
                    .map(need -> new Ask.Need(need, line(one, need, kinds)))
                    .toList();
            asks.add(new Ask(
                    Ask.Kind.PACKAGE,
                    name,
                    one.file(),
                    0,
                    via.getOrDefault(name, List.of()),
                    needs,
                    asked.getOrDefault(name, List.of()),
                    List.of()));
        }
        return asks;
    }

    private static int line(RosPackage one, String need, Set<DependencyKind> kinds) {
        return one.colconDependencies(kinds)
                .filter(dependency -> dependency.name().equals(need))
                .mapToInt(Dependency::line)
                .findFirst()
                .orElse(0);
    }

    private Ask ask(Ask.Kind kind, String name, Position place, List<Ask.Key> asked, Collection<String> named)
            throws IOException {
        List<SystemPackage> found = new ArrayList<>();
        for (String one : named) {
            found.add(packages.find(one, "apt"));
        }
        return new Ask(kind, name, place.file(), place.line(), List.of(), List.of(), asked, found);
    }

    private Ask.Key key(String key, int line) throws IOException {
        if (robot.project().rosdep().skipKeys().contains(key)) {
            return new Ask.Key(key, line, Ask.State.SKIPPED, List.of());
        }
        List<Ask.Rule> known = rules.get(key);
        if (known == null) {
            known = rules(key);
            rules.put(key, known);
        }
        boolean nothing = known.stream().allMatch(rule -> rule.packages().isEmpty());
        return new Ask.Key(key, line, nothing ? Ask.State.NOTHING : Ask.State.RESOLVED, known);
    }

    private List<Ask.Rule> rules(String key) throws IOException {
        List<Ask.Rule> found = new ArrayList<>();
        for (Resolution.Found rule : keys.closure(List.of(key))) {
            List<SystemPackage> named = new ArrayList<>();
            for (String one : rule.packages()) {
                if (!one.isBlank()) {
                    named.add(packages.find(one, rule.installer()));
                }
            }
            found.add(new Ask.Rule(rule.key(), rule.place(), rule.installer(), named));
        }
        return found;
    }
}
