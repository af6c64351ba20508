package io.rosbalena.robot.preflight;

import io.rosbalena.apt.ArchiveId;
import io.rosbalena.apt.state.DebFacts;
import io.rosbalena.colcon.CompiledWorkspace;
import io.rosbalena.colcon.InstallTree;
import io.rosbalena.finding.FindingException;
import io.rosbalena.lint.preflight.Offers;
import io.rosbalena.lock.Lock;
import io.rosbalena.lock.LockedPackage;
import io.rosbalena.lock.LockedPlatform;
import io.rosbalena.robot.base.Base;
import io.rosbalena.robot.deb.Archives;
import io.rosbalena.robot.deb.SystemState;
import io.rosbalena.robot.locking.LockedKeys;
import io.rosbalena.robot.project.BuildNeeds;
import io.rosbalena.robot.project.Robot;
import io.rosbalena.robot.surroundings.Surroundings;
import io.rosbalena.rosdep.ResolvedKeys;
import io.rosbalena.rosdep.TargetOs;
import io.rosbalena.tree.TreePath;
import io.rosbalena.workspace.manifest.Dependency;
import io.rosbalena.workspace.manifest.DependencyKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Who has what an image lacks: other packages of the workspace, and what is locked for the build root or other services. */
final class ProjectOffers implements Offers {
    private static final Set<DependencyKind> NOT_RUNNING =
            Set.of(DependencyKind.BUILD, DependencyKind.BUILD_EXPORT, DependencyKind.TEST);

    private final Robot robot;
    private final Lock lock;
    private final LockedPlatform locked;
    private final Base base;
    private final CompiledWorkspace compiled;
    private final SystemState states;
    private final Surroundings surroundings;
    private Optional<ResolvedKeys> keys = Optional.empty();
    private final Map<String, DebFacts> facts = new HashMap<>();

    ProjectOffers(
            Robot robot,
            Lock lock,
            LockedPlatform locked,
            Base base,
            CompiledWorkspace compiled,
            SystemState states,
            Surroundings surroundings) {
        this.robot = robot;
        this.lock = lock;
        this.locked = locked;
        this.base = base;
        this.compiled = compiled;
        this.states = states;
        this.surroundings = surroundings;
    }

    @Override
    public Optional<Offer> library(String name, Optional<String> needing) throws IOException, InterruptedException {
        return offer(path -> path.name().equals(name), needing);
    }

    @Override
    public Optional<Offer> program(String name) throws IOException, InterruptedException {
        Pattern place =
                Pattern.compile("(usr/)?(local/)?s?bin/" + Pattern.quote(name) + "|lib/[^/]+/" + Pattern.quote(name));
        return offer(path -> place.matcher(path.text()).matches(), Optional.empty());
    }

    @Override
    public Optional<Offer> module(String name, Optional<String> needing) throws IOException, InterruptedException {
        Pattern place = Pattern.compile("(.*/)?python3[0-9.]*/((site|dist)-packages/|lib-dynload/)?"
                + Pattern.quote(name) + "(/__init__\\.py|\\.py|\\.[^/]*so)");
        return offer(path -> place.matcher(path.text()).matches(), needing);
    }

    @Override
    public Optional<Offer> rosPackage(String name) throws IOException, InterruptedException {
        String marker = "share/ament_index/resource_index/packages/" + name;
        return offer(path -> path.text().equals(marker) || path.text().endsWith("/" + marker), Optional.empty())
                .or(() -> robot.workspace()
                        .find(name)
                        .map(one -> new Offer(name + " of the workspace: add it to x-rosbalena.packages", 0)));
    }

    /** @param wanted whether a file of a package, at its place in the image, is what is missing */
    private Optional<Offer> offer(Predicate<TreePath> wanted, Optional<String> needing)
            throws IOException, InterruptedException {
        for (InstallTree tree : compiled.trees().values()) {
            if (tree.files().stream().anyMatch(file -> wanted.test(file.path()))) {
                return Optional.of(ofWorkspace(tree.packageName(), needing));
            }
        }
        for (DebFacts one : facts()) {
            if (one.files().stream().anyMatch(file -> wanted.test(file.path()))) {
                return Optional.of(ofDebian(one.name(), needing));
            }
        }
        return Optional.empty();
    }

    private Offer ofWorkspace(String provider, Optional<String> needing) {
        if (needing.isEmpty()) {
            return new Offer(
                    provider + " of the workspace has it: add it to x-rosbalena.packages, or as an <exec_depend> to one"
                            + " of the service's packages",
                    0);
        }
        return declare(provider + " of the workspace has it", provider, needing.get());
    }

    private Offer ofDebian(String deb, Optional<String> needing) throws IOException {
        String who = "the Debian package " + deb + " has it";
        if (needing.isPresent()) {
            Optional<String> key = key(deb, needing.get());
            if (key.isPresent()) {
                return declare(who, key.get(), needing.get());
            }
        }
        return new Offer(who + ": add it to x-rosbalena.apt, or an <exec_depend> with its rosdep key", 0);
    }

    /** What to write, or to write in place of what is written for compiling alone. */
    private Offer declare(String who, String name, String needing) {
        String exec = who + ": write <exec_depend>" + name + "</exec_depend>";
        Optional<Dependency> stated = robot.workspace().find(needing).stream()
                .flatMap(one -> one.rosdepDependencies(NOT_RUNNING))
                .filter(one -> one.name().equals(name))
                .findFirst();
        return stated.map(one -> new Offer(
                        exec + " as well as, or <depend> in place of, <"
                                + one.kind().element() + ">",
                        one.line()))
                .orElse(new Offer(exec, 0));
    }

    /** A key that brings a Debian package: of two, one that the package states for compiling. */
    private Optional<String> key(String deb, String needing) throws IOException {
        Set<String> bringing = locked.packages().stream()
                .filter(one -> one.name().equals(deb) || dependsOn(one.name(), deb))
                .map(LockedPackage::name)
                .collect(java.util.stream.Collectors.toSet());
        List<String> stated = robot.workspace().find(needing).stream()
                .flatMap(one -> one.rosdepDependencies(NOT_RUNNING))
                .map(Dependency::name)
                .toList();
        ResolvedKeys resolved = keys();
        for (String key : stated) {
            if (resolved.packages("apt", List.of(key)).stream().anyMatch(bringing::contains)) {
                return Optional.of(key);
            }
        }
        return resolved.found().keySet().stream()
                .filter(key -> resolved.packages("apt", List.of(key)).contains(deb))
                .findFirst();
    }

    private boolean dependsOn(String name, String deb) {
        return Optional.ofNullable(facts.get(name))
                .flatMap(one -> one.stanza().get("Depends"))
                .filter(depends -> Pattern.compile("(^|[\\s,|])" + Pattern.quote(deb) + "([\\s,|(:]|$)")
                        .matcher(depends)
                        .find())
                .isPresent();
    }

    private List<DebFacts> facts() throws IOException, InterruptedException {
        List<DebFacts> all = new ArrayList<>();
        for (LockedPackage one : locked.packages()) {
            // What was locked for another machine's build root, nobody has fetched.
            if (states.canOpen(one)) {
                all.addAll(states.facts(List.of(one)));
            }
        }
        all.forEach(one -> facts.put(one.name(), one));
        return all;
    }

    private ResolvedKeys keys() throws IOException {
        if (keys.isEmpty()) {
            keys = Optional.of(resolve());
        }
        return keys.get();
    }

    private ResolvedKeys resolve() throws IOException {
        TargetOs os = base.os()
                .orElseGet(() -> Archives.os(
                        lock.archives().keySet().stream().map(ArchiveId::parse).toList()));
        try {
            return LockedKeys.open(robot, BuildNeeds.of(robot), lock, surroundings)
                    .on(os);
        } catch (FindingException e) {
            // The databases that the lock names cannot be had now; without them the Debian package alone is named.
            return new ResolvedKeys(new java.util.TreeMap<>(), List.of());
        }
    }
}
