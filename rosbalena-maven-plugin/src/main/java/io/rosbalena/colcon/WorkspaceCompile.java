package io.rosbalena.colcon;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Progress;
import io.rosbalena.store.Remembered;
import io.rosbalena.store.SharedResults;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
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
 * Compiles the packages of a workspace, each whose result the store does not have. A package that came out with the same
 * interface as before makes nobody else compile again.
 */
public final class WorkspaceCompile {
    /** What {@code colcon-ros}, {@code colcon-cmake} and {@code colcon-python-setup-py} build. */
    private static final Set<String> BUILD_TYPES = Set.of("ament_cmake", "ament_python", "cmake", "python");

    private final BlobStore store;
    private final SharedResults others;
    private final CompileFlags flags;
    private final AfterCompile after;
    private final Place usual;
    private final List<Place> elsewhere;

    /**
     * @param store keeps the results
     * @param entrance makes the root ready and opens a way into it
     * @param logs folder that gets the log of each package compiled, as {@code <package>.log}
     */
    public WorkspaceCompile(BlobStore store, Entrance entrance, BuildRoot root, CompileFlags flags, Path logs) {
        this(store, SharedResults.NONE, entrance, root, flags, logs);
    }

    /** The same where what others have compiled in such a root counts, too. */
    public WorkspaceCompile(
            BlobStore store, SharedResults others, Entrance entrance, BuildRoot root, CompileFlags flags, Path logs) {
        this(store, others, entrance, root, flags, logs, AfterCompile.NOTHING);
    }

    WorkspaceCompile(
            BlobStore store,
            SharedResults others,
            Entrance entrance,
            BuildRoot root,
            CompileFlags flags,
            Path logs,
            AfterCompile after) {
        this.store = store;
        this.others = others;
        this.flags = flags;
        this.after = after;
        this.usual = Place.of(Set.of(), root, entrance, store, others, logs, after);
        this.elsewhere = List.of();
    }

    private WorkspaceCompile(WorkspaceCompile before, Place usual, List<Place> elsewhere) {
        this.store = before.store;
        this.others = before.others;
        this.flags = before.flags;
        this.after = before.after;
        this.usual = usual;
        this.elsewhere = List.copyOf(elsewhere);
    }

    /**
     * The same, but for some packages, which are compiled in a root of their own. They see the results of the others, and
     * are seen by them.
     *
     * @param packages their names
     */
    public WorkspaceCompile with(Set<String> packages, BuildRoot root, Entrance entrance, Path logs) {
        List<Place> all = new ArrayList<>(elsewhere);
        all.add(Place.of(packages, root, entrance, store, others, logs, after));
        return new WorkspaceCompile(this, usual, all);
    }

    /** The same where compilers need not run for what is in a cache; also in the other roots. */
    public WorkspaceCompile with(CompilerCache cache) {
        return new WorkspaceCompile(
                this,
                usual.with(cache, store, others),
                elsewhere.stream().map(one -> one.with(cache, store, others)).toList());
    }

    /** Where packages are compiled; of the usual place no names are listed. */
    private record Place(
            Set<String> packages,
            BuildRoot root,
            Entrance entrance,
            ColconRun colcon,
            Remembered<CompileInput, InstallTree> results) {

        static Place of(
                Set<String> packages,
                BuildRoot root,
                Entrance entrance,
                BlobStore store,
                SharedResults others,
                Path logs,
                AfterCompile after) {
            return of(packages, root, entrance, new ColconRun(store, entrance, logs, after), store, others);
        }

        private static Place of(
                Set<String> packages,
                BuildRoot root,
                Entrance entrance,
                ColconRun colcon,
                BlobStore store,
                SharedResults others) {
            return new Place(
                    Set.copyOf(packages),
                    root,
                    entrance,
                    colcon,
                    new Remembered<>(new CompileStage(colcon), store, others));
        }

        Place with(CompilerCache cache, BlobStore store, SharedResults others) {
            return of(packages, root, entrance, colcon.with(cache), store, others);
        }
    }

    private Place place(ColconPackage unit) {
        return elsewhere.stream()
                .filter(one -> one.packages().contains(unit.name()))
                .findFirst()
                .orElse(usual);
    }

    /** A round of packages: those known, and those that must be compiled. */
    private record Progressing(SortedMap<String, InstallTree> trees, Set<String> compiled, Findings findings) {}

    /**
     * The results of all packages.
     *
     * @param packages in any order; no package may need itself in a circle
     * @throws io.rosbalena.finding.FindingException RB400 and up, with the errors of every package that does not compile; packages that need
     *     none of those are compiled and kept all the same
     */
    public CompiledWorkspace compile(Collection<ColconPackage> packages, Progress progress)
            throws IOException, InterruptedException {
        return compile(packages, new TreeMap<>(), progress);
    }

    /**
     * The same where some packages have results that were compiled elsewhere and are good here, too.
     *
     * @param shared these results; part of what is returned
     */
    public CompiledWorkspace compile(
            Collection<ColconPackage> packages, SortedMap<String, InstallTree> shared, Progress progress)
            throws IOException, InterruptedException {
        checkBuildTypes(packages);
        PackageGraph graph = new PackageGraph(packages);
        Progressing state = new Progressing(new TreeMap<>(shared), new TreeSet<>(), new Findings());
        SortedSet<String> held = new TreeSet<>();
        for (List<ColconPackage> level : graph.levels()) {
            Map<Place, List<CompileInput>> inputs = new LinkedHashMap<>();
            for (ColconPackage unit : level) {
                if (shared.containsKey(unit.name())) {
                    continue;
                }
                Place place = place(unit);
                Optional<CompileInput> input = CompileInput.of(graph, unit, place.root(), flags, state.trees());
                if (input.isEmpty()) {
                    held.add(unit.name());
                    continue;
                }
                inputs.computeIfAbsent(place, one -> new ArrayList<>()).add(input.get());
            }
            for (Map.Entry<Place, List<CompileInput>> one : inputs.entrySet()) {
                compile(one.getKey(), unknown(one.getKey(), one.getValue(), state), state, progress);
            }
        }
        if (!held.isEmpty()) {
            state.findings()
                    .add(Finding.note(
                            "RB407",
                            "not compiled, since they need a package that does not compile: "
                                    + String.join(", ", held)));
        }
        state.findings().throwIfErrors();
        return new CompiledWorkspace(state.trees(), state.compiled());
    }

    /** Takes the results that are known, and tells what must be compiled. */
    private List<CompileInput> unknown(Place place, List<CompileInput> inputs, Progressing state) throws IOException {
        List<Optional<InstallTree>> known = place.results().findAll(inputs);
        List<CompileInput> unknown = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            CompileInput input = inputs.get(i);
            known.get(i).ifPresent(tree -> state.trees().put(input.unit().name(), tree));
            if (known.get(i).isEmpty() || after.needsFolders(input)) {
                unknown.add(input);
            }
        }
        return unknown;
    }

    private static void compile(Place place, List<CompileInput> unknown, Progressing state, Progress progress)
            throws IOException, InterruptedException {
        if (!unknown.isEmpty()) {
            place.colcon().sandbox();
            place.entrance().check(place.root());
        }
        for (List<CompileInput> batch : batches(unknown)) {
            SortedMap<String, InstallTree> compiled = place.colcon().run(batch, state.findings(), progress);
            for (CompileInput input : batch) {
                InstallTree tree = compiled.get(input.unit().name());
                if (tree != null) {
                    place.results().keep(input, tree);
                    state.trees().put(input.unit().name(), tree);
                    state.compiled().add(input.unit().name());
                }
            }
        }
    }

    /** Groups that can be compiled in one call; as few as a walk in order gives. */
    private static List<List<CompileInput>> batches(List<CompileInput> inputs) {
        List<List<CompileInput>> batches = new ArrayList<>();
        for (CompileInput input : inputs) {
            Optional<List<CompileInput>> batch = batches.stream()
                    .filter(members -> members.stream().allMatch(input::fits))
                    .findFirst();
            if (batch.isPresent()) {
                batch.get().add(input);
            } else {
                batches.add(new ArrayList<>(List.of(input)));
            }
        }
        return batches;
    }

    private static void checkBuildTypes(Collection<ColconPackage> packages) {
        Findings findings = new Findings();
        for (ColconPackage unit : packages) {
            if (!BUILD_TYPES.contains(unit.buildType())) {
                String fix = unit.buildType().equals("catkin")
                        ? "a package without <build_type> counts as one of ROS 1; write"
                                + " <export><build_type>ament_cmake</build_type></export>"
                        : "use ament_cmake, ament_python or cmake, or put an empty file COLCON_IGNORE into the folder";
                findings.add(Finding.error("RB400", "the build type " + unit.buildType() + " cannot be built")
                        .fix(fix)
                        .at(unit.userPath("package.xml"))
                        .inPackage(unit.name()));
            }
        }
        findings.throwIfErrors();
    }
}
