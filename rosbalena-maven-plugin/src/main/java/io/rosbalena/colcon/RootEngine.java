package io.rosbalena.colcon;

import io.rosbalena.store.Digest;
import io.rosbalena.store.Progress;
import java.io.IOException;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Compiles in the locked build root. The ways into it, namespaces and containers alike, give the same bytes, so none of
 * them enters a key.
 */
public final class RootEngine implements Engine {
    private final EngineName name;
    private final BuildRoot root;
    private final WorkspaceCompile compile;
    private final SortedMap<String, InstallTree> shared;

    /**
     * @param name by which of its names the user wants it
     * @param compile compiles in this root
     * @param shared results of packages, by name, that are good here, too
     */
    public RootEngine(
            EngineName name, BuildRoot root, WorkspaceCompile compile, SortedMap<String, InstallTree> shared) {
        this.name = name;
        this.root = root;
        this.compile = compile;
        this.shared = Collections.unmodifiableSortedMap(new TreeMap<>(shared));
    }

    @Override
    public EngineName name() {
        return name;
    }

    @Override
    public Digest identity() {
        return root.digest();
    }

    @Override
    public CompiledWorkspace compile(Collection<ColconPackage> packages, Progress progress)
            throws IOException, InterruptedException {
        return compile.compile(packages, shared, progress);
    }
}
