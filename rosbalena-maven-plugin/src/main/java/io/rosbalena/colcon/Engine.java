package io.rosbalena.colcon;

import io.rosbalena.store.Digest;
import io.rosbalena.store.Progress;
import java.io.IOException;
import java.util.Collection;

/** One way from the sources of a workspace to what its packages install. */
public interface Engine {
    /** Which of them this is. */
    EngineName name();

    /**
     * Stands for everything that a result depends on besides the sources and the flags: the build root, or programs and
     * environment of this machine, or the files that are taken as they are.
     */
    Digest identity();

    /**
     * What all packages install.
     *
     * @param packages in any order; no package may need itself in a circle
     * @throws io.rosbalena.finding.FindingException with everything that is wrong with them
     */
    CompiledWorkspace compile(Collection<ColconPackage> packages, Progress progress)
            throws IOException, InterruptedException;
}
