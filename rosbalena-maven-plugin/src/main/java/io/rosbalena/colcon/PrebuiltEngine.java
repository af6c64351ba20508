package io.rosbalena.colcon;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.finding.Findings;
import io.rosbalena.sandbox.Copying;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import io.rosbalena.store.Progress;
import io.rosbalena.tree.FileNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Takes what colcon has installed before, wherever and by whomever. Nothing is compiled and no source is looked at: the
 * files are taken as they are, and moved to where they stand on a robot.
 */
public final class PrebuiltEngine implements Engine {
    private final BlobStore store;
    private final PrebuiltTree tree;
    private final String shown;
    private final SortedSet<String> packages;
    private final Digest identity;

    private PrebuiltEngine(
            BlobStore store, PrebuiltTree tree, String shown, SortedSet<String> packages, Digest identity) {
        this.store = store;
        this.tree = tree;
        this.shown = shown;
        this.packages = packages;
        this.identity = identity;
    }

    /**
     * Looks at an install folder.
     *
     * @param shown the folder's name for messages
     * @param packages those that services hold
     * @throws FindingException RB470–RB473 if the folder cannot be taken
     */
    public static PrebuiltEngine of(BlobStore store, Path install, String shown, Collection<String> packages)
            throws IOException {
        PrebuiltTree tree = new PrebuiltTree(install, shown);
        Findings findings = new Findings();
        tree.check(packages, findings);
        findings.throwIfErrors();
        return new PrebuiltEngine(store, tree, shown, new TreeSet<>(packages), tree.digest(packages));
    }

    @Override
    public EngineName name() {
        return EngineName.PREBUILT;
    }

    @Override
    public Digest identity() {
        return identity;
    }

    @Override
    public CompiledWorkspace compile(Collection<ColconPackage> workspace, Progress progress)
            throws IOException, InterruptedException {
        Findings findings = new Findings();
        SortedMap<String, InstallTree> trees = new TreeMap<>();
        Relocation relocation = new Relocation(tree.prefixes(packages), InstallTree.INSTALL.absolute());
        try (Scratch scratch = Scratch.create(store)) {
            Path install = scratch.install();
            for (Path script : tree.scripts()) {
                Files.copy(script, install.resolve(FileNames.name(script)));
            }
            for (String name : packages) {
                Copying.replace(tree.folder(name), Files.createDirectory(install.resolve(name)));
            }
            // What was looked at, and nothing that a colcon has written meanwhile.
            if (!new PrebuiltTree(install, shown).digest(packages).equals(identity)) {
                throw FindingException.environment(Finding.error("RB478", shown + " changed while it was read")
                        .fix("wait until colcon is done there, then build again"));
            }
            relocation.setup(install);
            for (String name : packages) {
                Findings captured = new Findings();
                relocation.whole(install.resolve(name), name, captured);
                InstallTree captive = new InstallCapture(install, store, captured).capture(name);
                findings.addAll(captured.all());
                trees.put(name, captive);
            }
        }
        findings.throwIfErrors();
        progress.message("took " + packages.size() + (packages.size() == 1 ? " package" : " packages") + " from "
                + shown + " as they are, without looking at their sources");
        return new CompiledWorkspace(trees, Set.of());
    }
}
