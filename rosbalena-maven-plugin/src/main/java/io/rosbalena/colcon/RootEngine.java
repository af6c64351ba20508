package io.rosbalena.colcon;

import io.rosbalena.store.Digest;
import io.rosbalena.store.Progress;
import java.io.IOException;
import java.util.Collection;

/**
 * Compiles in the locked build root. The ways into it, namespaces and containers alike, give the same bytes, so none of
 * them enters a key.
 */
public final class RootEngine implements Engine {
    private final EngineName name;
    private final BuildRoot root;
    private final WorkspaceCompile compile;

    /**
     * @param name by which of its names the user wants it
     * @param compile compiles in this root
     */
    public RootEngine(EngineName name, BuildRoot root, WorkspaceCompile compile) {
        this.name = name;
        this.root = root;
        this.compile = compile;
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
        return compile.compile(packages, progress);
    }
}
