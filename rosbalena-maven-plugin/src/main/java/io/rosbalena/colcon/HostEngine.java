package io.rosbalena.colcon;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.finding.Findings;
import io.rosbalena.sandbox.Sandbox;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import io.rosbalena.store.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * Compiles with colcon and compilers of this machine, as a container for ROS development has them. Code of the workspace
 * runs with all rights of who builds.
 */
public final class HostEngine implements Engine {
    private final Digest identity;
    private final WorkspaceCompile compile;

    private HostEngine(Digest identity, WorkspaceCompile compile) {
        this.identity = identity;
        this.compile = compile;
    }

    /**
     * Looks at this machine.
     *
     * @param environment that of the shell that builds, with what it has sourced
     * @param logs folder that gets the log of each package compiled
     * @param warn is told once something is compiled, which it must tell the user
     * @throws FindingException RB477 if there is no colcon, RB479 if the store is where it cannot compile
     */
    public static HostEngine of(
            BlobStore store, Map<String, String> environment, CompileFlags flags, Path logs, Runnable warn)
            throws IOException, InterruptedException {
        HostTools tools = new HostTools(new TreeMap<>(environment));
        tools.requireColcon();
        if (store.root().toString().indexOf(' ') >= 0) {
            throw FindingException.environment(Finding.error(
                            "RB479",
                            "colcon of this machine would compile in the store " + store.root()
                                    + ", and its scripts do not take a blank in a folder's name")
                    .fix("name a store elsewhere with <store> or -Drosbalena.store, or compile with the engine root"));
        }
        Digest identity = tools.identity();
        return new HostEngine(
                identity,
                new WorkspaceCompile(store, new Here(tools, warn), new BuildRoot(Path.of("/"), identity), flags, logs));
    }

    @Override
    public EngineName name() {
        return EngineName.HOST;
    }

    @Override
    public Digest identity() {
        return identity;
    }

    @Override
    public CompiledWorkspace compile(Collection<ColconPackage> packages, Progress progress)
            throws IOException, InterruptedException {
        return compile.compile(packages, progress);
    }

    /** This machine is always open; what it installs must be moved. */
    private record Here(HostTools tools, Runnable warn) implements Entrance {
        @Override
        public Sandbox open() {
            warn.run();
            return new HostSandbox(tools);
        }

        @Override
        public boolean keepsBuilds() {
            return false;
        }

        @Override
        public void check(BuildRoot root) {
            // Wherever colcon stands on the PATH.
            tools.requireColcon();
        }

        @Override
        public void settle(Path install, String packageName, Findings findings) throws IOException {
            new Relocation(HostSandbox.names(install), InstallTree.INSTALL.absolute())
                    .whole(install.resolve(packageName), packageName, findings);
        }
    }
}
