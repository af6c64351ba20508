package io.rosbalena.colcon;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.finding.Findings;
import io.rosbalena.sandbox.Sandbox;
import io.rosbalena.sandbox.SandboxCommand;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Progress;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.TreePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** One call of colcon for packages that do not need each other. */
final class ColconRun {
    private static final Set<String> METADATA = Set.of("package.xml", "colcon.pkg");

    private final BlobStore former;
    private final BlobStore store;
    private final Circumstances circumstances;
    private final Entrance entrance;
    private Optional<Sandbox> sandbox = Optional.empty();
    private final Path logs;
    private final KeptBuilds builds;
    private final AfterCompile after;
    private final Optional<CompilerCache> cache;

    /**
     * @param logs folder on this machine that gets {@code <package>.log}
     * @param after what is done before the folders of the run go
     */
    ColconRun(BlobStore store, Entrance entrance, Path logs, AfterCompile after) {
        this(store, store, entrance, logs, after, Circumstances.USUAL);
    }

    /**
     * @param former has what the packages are compiled against
     * @param store gets what they give
     */
    ColconRun(
            BlobStore former,
            BlobStore store,
            Entrance entrance,
            Path logs,
            AfterCompile after,
            Circumstances circumstances) {
        this(former, store, entrance, logs, after, circumstances, Optional.empty());
    }

    private ColconRun(
            BlobStore former,
            BlobStore store,
            Entrance entrance,
            Path logs,
            AfterCompile after,
            Circumstances circumstances,
            Optional<CompilerCache> cache) {
        this.former = former;
        this.store = store;
        this.circumstances = circumstances;
        this.entrance = entrance;
        this.logs = logs;
        this.builds = new KeptBuilds(store);
        this.after = after;
        this.cache = cache;
    }

    /** The same where compilers need not run for what is in a cache. */
    ColconRun with(CompilerCache compilerCache) {
        return new ColconRun(former, store, entrance, logs, after, circumstances, Optional.of(compilerCache));
    }

    /** Makes the root ready, if it is not. */
    Sandbox sandbox() throws IOException, InterruptedException {
        if (sandbox.isEmpty()) {
            sandbox = Optional.of(entrance.open());
        }
        return sandbox.get();
    }

    /**
     * Compiles packages that fit together and share root and flags.
     *
     * @param findings gets the errors of every package that does not compile
     * @return the results of those that do
     */
    SortedMap<String, InstallTree> run(List<CompileInput> inputs, Findings findings, Progress progress)
            throws IOException, InterruptedException {
        List<String> names = inputs.stream().map(input -> input.unit().name()).toList();
        CompileInput any = inputs.get(0);
        SortedMap<String, InstallTree> results = new TreeMap<>();
        try (Scratch scratch = circumstances.scratch(store, sourceBytes(inputs))) {
            SortedMap<String, BuildInputs> made = new TreeMap<>();
            stage(inputs, scratch, takeBuilds(inputs, scratch, made));
            if (any.root().cross().isPresent()) {
                any.root().cross().get().write(scratch.build());
            }
            ColconOutput output = new ColconOutput(names, progress);
            DiskComplaint disk = new DiskComplaint(output);
            ColconSettings.Arguments arguments = inputs.stream()
                    .filter(CompileInput::usesCmake)
                    .findFirst()
                    .orElse(any)
                    .arguments();
            SandboxCommand command =
                    ColconCommand.build(any.root(), any.flags(), arguments, scratch, names, circumstances);
            if (cache.isPresent()) {
                command = cache.get().addTo(command, any.root(), sandbox());
            }
            int status = run(command, scratch, disk);
            SymbolSplit symbols = new SymbolSplit(any.root(), scratch);
            symbols.run(names.stream().filter(output::hasFinished).toList(), sandbox(), any.root(), any.flags());
            for (CompileInput input : inputs) {
                String name = input.unit().name();
                Path log = KeptLog.move(scratch, "build_*", name, logs.resolve(name + ".log"));
                if (!output.hasFinished(name)) {
                    disk.refuse(log, store.temporary());
                }
                if (output.hasFinished(name)) {
                    Findings captured = new Findings();
                    if (any.root().cross().isPresent()) {
                        new CrossResult(any.root().cross().get(), input.unit())
                                .finish(scratch.install().resolve(name), captured);
                    }
                    new UndeclaredReads(inputs, input).check(scratch.build().resolve(name), captured);
                    entrance.settle(scratch.install(), name, captured);
                    InstallTree tree = new InstallCapture(
                                    scratch.install(), store, symbols.of(name, captured), captured)
                            .capture(name);
                    findings.addAll(captured.all());
                    if (!captured.hasErrors()) {
                        results.put(name, tree);
                    }
                } else if (output.hasFailed(name)) {
                    askSetupPy(input, scratch, log);
                    findings.addAll(CompileLog.read(input.unit(), log));
                } else {
                    throw FindingException.environment(
                            Finding.error("RB406", "colcon ended with status " + status + " before it compiled " + name)
                                    .fix("it said:\n" + String.join("\n", output.lastLines()))
                                    .inPackage(name));
                }
            }
            after.perform(
                    inputs.stream()
                            .filter(input -> results.containsKey(input.unit().name()))
                            .toList(),
                    scratch,
                    sandbox(),
                    progress);
            for (String name : results.keySet()) {
                BuildInputs build = made.get(name);
                if (build != null) {
                    builds.keep(build, scratch.build().resolve(name));
                }
            }
        }
        return results;
    }

    /** Runs colcon, and ends it if it prints without end. */
    private int run(SandboxCommand command, Scratch scratch, Consumer<String> output)
            throws IOException, InterruptedException {
        try (OutputLimit limit = new OutputLimit(scratch.log(), OutputLimit.MOST)) {
            try {
                return sandbox().run(command, output);
            } catch (InterruptedException e) {
                Optional<FindingException> reason = limit.reason();
                if (reason.isPresent()) {
                    throw reason.get();
                }
                throw e;
            }
        }
    }

    /**
     * Puts build folders of before in place.
     *
     * @param made gets what each build folder will be made from, if it may be kept
     * @return times of files that changed since, by their path below {@code /ros2_ws}
     */
    private Map<String, FileTime> takeBuilds(
            List<CompileInput> inputs, Scratch scratch, SortedMap<String, BuildInputs> made) throws IOException {
        Map<String, FileTime> times = new HashMap<>();
        for (CompileInput input : inputs) {
            // setup.py copies what it finds, also what an earlier build left.
            if (input.usesCmake() && entrance.keepsBuilds()) {
                String name = input.unit().name();
                BuildInputs now = BuildInputs.of(input, store);
                KeptBuilds.Difference difference =
                        builds.take(now, input, scratch.build().resolve(name));
                difference.changed().forEach(path -> times.put(path, FileTime.from(difference.time())));
                made.put(name, now);
            }
        }
        return times;
    }

    private void stage(List<CompileInput> inputs, Scratch scratch, Map<String, FileTime> times) throws IOException {
        TreeOnDisk sources = new TreeOnDisk(scratch.source());
        TreeOnDisk install = new TreeOnDisk(scratch.install());
        SortedMap<String, CompileInput.Dependency> dependencies = new TreeMap<>();
        SortedMap<String, List<InstalledFile>> visible = new TreeMap<>();
        for (CompileInput input : inputs) {
            for (Entry entry : circumstances.order(input.unit().sources().entries())) {
                TreePath path = below(input.unit(), entry.path());
                sources.write(entry.at(path), times.getOrDefault("src/" + path, TreeOnDisk.TIME));
            }
            dependencies.putAll(input.dependencies());
            visible.putAll(input.visibleFiles());
        }
        for (Map.Entry<String, CompileInput.Dependency> dependency : dependencies.entrySet()) {
            // colcon sources only dependencies that it discovers as packages.
            for (Entry entry : dependency.getValue().unit().sources().entries()) {
                if (METADATA.contains(entry.path().text())) {
                    sources.write(entry.at(below(dependency.getValue().unit(), entry.path())));
                }
            }
        }
        for (Map.Entry<String, List<InstalledFile>> dependency : visible.entrySet()) {
            TreePath folder = new TreePath(dependency.getKey());
            for (InstalledFile file : circumstances.order(dependency.getValue())) {
                TreePath path = folder.resolve(file.path().text());
                install.write(file.entry(path, former), times.getOrDefault("install/" + path, TreeOnDisk.TIME));
            }
        }
    }

    private static long sourceBytes(List<CompileInput> packages) throws IOException {
        long bytes = 0;
        for (CompileInput one : packages) {
            for (Entry entry : one.unit().sources().entries()) {
                bytes += entry.size();
            }
        }
        return bytes;
    }

    private static TreePath below(ColconPackage unit, TreePath path) {
        return unit.directory().resolve(path.text());
    }

    /** colcon reads setup.py first, and does not write down what Python says if that fails. */
    private void askSetupPy(CompileInput input, Scratch scratch, Path log) throws IOException, InterruptedException {
        if (!input.unit().buildType().endsWith("python")) {
            return;
        }
        LastLines said = new LastLines(200);
        int status = sandbox().run(ColconCommand.askSetupPy(input.root(), input.flags(), scratch, input.unit()), said);
        if (status != 0) {
            Files.write(log, said.all(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }
}
