package io.rosbalena.robot.compiling;

import io.rosbalena.colcon.CompiledWorkspace;
import io.rosbalena.colcon.Engine;
import io.rosbalena.colcon.GnuMachine;
import io.rosbalena.colcon.InstallTree;
import io.rosbalena.image.Platform;
import io.rosbalena.lock.Lock;
import io.rosbalena.lock.LockedPlatform;
import io.rosbalena.robot.base.Base;
import io.rosbalena.robot.buildroot.BuildRootMaking;
import io.rosbalena.robot.buildroot.SysrootMaking;
import io.rosbalena.robot.deb.SystemState;
import io.rosbalena.robot.project.BuildNeeds;
import io.rosbalena.robot.project.CompilingFor;
import io.rosbalena.robot.project.Platforms;
import io.rosbalena.robot.project.Robot;
import io.rosbalena.robot.surroundings.Surroundings;
import io.rosbalena.robot.wheel.LockedWheels;
import io.rosbalena.workspace.RosPackage;
import io.rosbalena.workspace.source.SourceTree;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The workspace compiled for every platform of a robot, on this machine alone. What holds no machine code is compiled once:
 * for this machine's platform if there are images for it, else for the first one.
 */
public final class CompiledPlatforms {
    private final Robot robot;
    private final Lock lock;
    private final BuildNeeds needs;
    private final SortedMap<String, SourceTree> sources;
    private final Optional<Engine> engine;
    private final Verification verification;
    private final SystemState states;
    private final OpenBase bases;
    private final Surroundings surroundings;

    /** Opens the base of a platform; whoever gives it closes it. */
    @FunctionalInterface
    public interface OpenBase {
        Base open(LockedPlatform locked, Platform platform) throws IOException;
    }

    /**
     * @param sources the files of each package, by name
     * @param engine if it needs no build root, see {@link Compiling#ofThisMachine}
     * @param verification which packages are compiled twice
     * @param states opens Debian packages
     */
    public CompiledPlatforms(
            Robot robot,
            Lock lock,
            BuildNeeds needs,
            SortedMap<String, SourceTree> sources,
            Optional<Engine> engine,
            Verification verification,
            SystemState states,
            OpenBase bases,
            Surroundings surroundings) {
        this.robot = robot;
        this.lock = lock;
        this.needs = needs;
        this.sources = sources;
        this.engine = engine;
        this.verification = verification;
        this.states = states;
        this.bases = bases;
        this.surroundings = surroundings;
    }

    /**
     * The results for each platform of the images.
     *
     * @throws io.rosbalena.finding.FindingException RB731 if a package holds machine code and there is a platform that the
     *     lock has no compilers for
     */
    public Map<Platform, CompiledWorkspace> compile() throws IOException, InterruptedException {
        Map<Platform, CompiledWorkspace> compiled = new LinkedHashMap<>();
        if (needs.packages().isEmpty()) {
            robot.platforms().forEach(one -> compiled.put(one, new CompiledWorkspace(new TreeMap<>(), Set.of())));
            return compiled;
        }
        Platform here = Platforms.ofThisMachine().orElseThrow();
        Compiling compiling = new Compiling(robot, surroundings);
        if (engine.isPresent()) {
            return ofThisMachine(compiling.compile(needs, sources, engine.get()), here);
        }
        LockedPlatform own = locked(here);
        BuildRootMaking root = root(own, here);
        Optional<CompiledWorkspace> ours = robot.platforms().contains(here)
                ? Optional.of(compile(compiling, root, new TreeMap<>()))
                : Optional.empty();
        SortedMap<String, InstallTree> pure = new TreeMap<>();
        if (ours.isPresent()) {
            pure.putAll(MachineCode.without(ours.get(), surroundings.store()));
        }
        for (Platform platform : robot.platforms()) {
            boolean done = pure.size() == needs.packages().size();
            if (platform.equals(here)) {
                compiled.put(platform, ours.orElseThrow());
            } else if (!emulated().isEmpty() || (!done && isCompiledFor(own, platform))) {
                CompiledWorkspace foreign = compileFor(platform, root, own, pure, compiling);
                compiled.put(platform, foreign);
                pure.putAll(MachineCode.without(foreign, surroundings.store()));
            } else {
                if (ours.isEmpty()) {
                    ours = Optional.of(compile(compiling, root, pure));
                }
                MachineCode.refuse(ours.get().trees().values(), platform, surroundings.store());
                compiled.put(platform, ours.get());
            }
        }
        return compiled;
    }

    /** @param shared results that are good in this root, too */
    private CompiledWorkspace compile(Compiling compiling, BuildRootMaking root, SortedMap<String, InstallTree> shared)
            throws IOException, InterruptedException {
        CompiledWorkspace compiled = compiling.compile(needs, sources, compiling.inRoot(root, shared));
        verify(compiling, root, compiled, shared.keySet());
        return compiled;
    }

    /** @param others names of packages that were compiled in other roots */
    private void verify(Compiling compiling, BuildRootMaking root, CompiledWorkspace compiled, Set<String> others)
            throws IOException, InterruptedException {
        SortedSet<String> again = new TreeSet<>(verification.packages());
        again.removeAll(others);
        if (!again.isEmpty()) {
            compiling.verify(needs, sources, root, compiled, again);
        }
    }

    /** What is needed of the packages that are to be compiled by an emulator. */
    private SortedSet<String> emulated() {
        SortedSet<String> names = robot.emulated();
        names.retainAll(needs.packages().stream().map(RosPackage::name).toList());
        return names;
    }

    /** Crossed where the lock has compilers for it, else in the root of this machine; but for what is emulated. */
    private CompiledWorkspace compileFor(
            Platform platform,
            BuildRootMaking root,
            LockedPlatform own,
            SortedMap<String, InstallTree> pure,
            Compiling compiling)
            throws IOException, InterruptedException {
        boolean crossed = isCompiledFor(own, platform);
        BuildRootMaking usual = crossed ? root.against(sysroot(platform)) : root;
        SortedSet<String> emulated = emulated();
        if (emulated.isEmpty()) {
            return compile(compiling, usual, pure);
        }
        // Whoever names a package means it, whatever it holds.
        SortedMap<String, InstallTree> shared = new TreeMap<>(pure);
        shared.keySet().removeAll(emulated);
        CompiledWorkspace compiled = compiling.compile(
                needs,
                sources,
                compiling.inRoots(
                        usual,
                        emulated,
                        root(locked(platform), platform),
                        CompilingFor.machine(platform).orElseThrow(),
                        shared));
        Set<String> others = new TreeSet<>(shared.keySet());
        others.addAll(emulated);
        verify(compiling, usual, compiled, others);
        if (!crossed) {
            SortedMap<String, InstallTree> ofThisMachine = new TreeMap<>(compiled.trees());
            ofThisMachine.keySet().removeAll(emulated);
            MachineCode.refuse(ofThisMachine.values(), platform, surroundings.store());
        }
        return compiled;
    }

    /** Of what this machine compiled, other platforms may have what holds no machine code. */
    private Map<Platform, CompiledWorkspace> ofThisMachine(CompiledWorkspace ours, Platform here) throws IOException {
        Map<Platform, CompiledWorkspace> compiled = new LinkedHashMap<>();
        for (Platform platform : robot.platforms()) {
            if (!platform.equals(here)) {
                MachineCode.refuse(ours.trees().values(), platform, surroundings.store());
            }
            compiled.put(platform, ours);
        }
        return compiled;
    }

    private BuildRootMaking root(LockedPlatform own, Platform here) throws IOException, InterruptedException {
        Base base = bases.open(own, here);
        LockedWheels.ensure(robot.project(), own, here, base, states, surroundings);
        return new BuildRootMaking(LockedPlatform.BUILD, own, here, base, states, surroundings);
    }

    private SysrootMaking sysroot(Platform platform) throws IOException, InterruptedException {
        LockedPlatform locked = locked(platform);
        Base base = bases.open(locked, platform);
        LockedWheels.ensure(robot.project(), locked, platform, base, states, surroundings);
        return new SysrootMaking(
                CompilingFor.machine(platform).orElseThrow(), locked, platform, base, states, surroundings);
    }

    private static boolean isCompiledFor(LockedPlatform own, Platform platform) {
        List<String> cross = own.sets().getOrDefault(LockedPlatform.CROSS, List.of());
        return CompilingFor.machine(platform)
                .map(GnuMachine::crossCompilers)
                .filter(cross::contains)
                .isPresent();
    }

    private LockedPlatform locked(Platform platform) {
        return Optional.ofNullable(lock.platforms().get(platform.toString()))
                .orElseThrow(() -> Compiling.notHere(robot));
    }
}
