package io.rosbalena.colcon;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.finding.Findings;
import io.rosbalena.sandbox.Sandbox;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Progress;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.TreePath;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** One call of colcon for packages that do not need each other. */
final class ColconRun {
    private static final Set<String> METADATA = Set.of("package.xml", "colcon.pkg");

    private final BlobStore store;
    private final Entrance entrance;
    private Optional<Sandbox> sandbox = Optional.empty();
    private final Path logs;

    /**
     * @param logs folder on this machine that gets {@code <package>.log}
     */
    ColconRun(BlobStore store, Entrance entrance, Path logs) {
        this.store = store;
        this.entrance = entrance;
        this.logs = logs;
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
        try (Scratch scratch = Scratch.create(store)) {
            stage(inputs, scratch);
            ColconOutput output = new ColconOutput(names, progress);
            DiskComplaint disk = new DiskComplaint(output);
            ColconSettings.Arguments arguments = inputs.stream()
                    .filter(CompileInput::usesCmake)
                    .findFirst()
                    .orElse(any)
                    .arguments();
            int status = sandbox().run(ColconCommand.build(any.root(), any.flags(), arguments, scratch, names), disk);
            for (CompileInput input : inputs) {
                String name = input.unit().name();
                Path log = keepLog(scratch, name);
                if (!output.hasFinished(name)) {
                    disk.refuse(log, store.temporary());
                }
                if (output.hasFinished(name)) {
                    Findings captured = new Findings();
                    new UndeclaredReads(inputs, input).check(scratch.build().resolve(name), captured);
                    InstallTree tree = new InstallCapture(scratch.install(), store, captured).capture(name);
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
        }
        return results;
    }

    private void stage(List<CompileInput> inputs, Scratch scratch) throws IOException {
        TreeOnDisk sources = new TreeOnDisk(scratch.source());
        TreeOnDisk install = new TreeOnDisk(scratch.install());
        SortedMap<String, CompileInput.Dependency> dependencies = new TreeMap<>();
        SortedMap<String, List<InstalledFile>> visible = new TreeMap<>();
        for (CompileInput input : inputs) {
            for (Entry entry : input.unit().sources().entries()) {
                sources.write(entry.at(below(input.unit(), entry.path())));
            }
            dependencies.putAll(input.dependencies());
            input.environments()
                    .forEach((name, dependency) -> visible.put(
                            name, EnvironmentFiles.of(name, dependency.tree().files())));
            input.results()
                    .forEach((name, dependency) ->
                            visible.put(name, dependency.tree().files()));
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
            for (InstalledFile file : dependency.getValue()) {
                install.write(file.entry(folder.resolve(file.path().text()), store));
            }
        }
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

    /** Moves a package's log to where the user finds it. */
    private Path keepLog(Scratch scratch, String name) throws IOException {
        Path kept = logs.resolve(name + ".log");
        Files.createDirectories(logs);
        Files.deleteIfExists(kept);
        // Not latest_build: that is a link, and a build could make it lead anywhere.
        try (DirectoryStream<Path> runs = Files.newDirectoryStream(scratch.log(), "build_*")) {
            for (Path run : runs) {
                Path log = run.resolve(name).resolve("stdout_stderr.log");
                if (!Files.isSymbolicLink(run) && Files.isRegularFile(log, LinkOption.NOFOLLOW_LINKS)) {
                    Files.move(log, kept, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        return kept;
    }
}
