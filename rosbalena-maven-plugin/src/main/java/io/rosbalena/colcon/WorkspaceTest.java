package io.rosbalena.colcon;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Progress;
import io.rosbalena.store.SharedResults;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Compiles packages with their tests and runs {@code colcon test} for some of them, in the same root. What comes out of
 * such a compile never reaches an image: the flags are part of its key.
 */
public final class WorkspaceTest {
    private final BlobStore store;
    private final Entrance entrance;
    private final BuildRoot root;
    private final CompileFlags flags;
    private final Path logs;
    private final long mostOutput;

    /**
     * @param store keeps the results of compiles
     * @param entrance makes the root ready and opens a way into it
     * @param flags how a robot's packages are compiled
     * @param logs folder that gets {@code <package>.log} and {@code <package>-test.log}
     */
    public WorkspaceTest(BlobStore store, Entrance entrance, BuildRoot root, CompileFlags flags, Path logs) {
        this(store, entrance, root, flags, logs, TestRun.MOST_OUTPUT);
    }

    WorkspaceTest(BlobStore store, Entrance entrance, BuildRoot root, CompileFlags flags, Path logs, long mostOutput) {
        this.store = store;
        this.entrance = entrance;
        this.root = root;
        this.flags = flags.withTests();
        this.logs = logs;
        this.mostOutput = mostOutput;
    }

    /**
     * Tests packages, those first that others need.
     *
     * @param packages as {@link CompileClosure#forTests} gives them: those to test, and all that these need
     * @param selected names of those to test
     */
    public TestedWorkspace test(Collection<ColconPackage> packages, Set<String> selected, Progress progress)
            throws IOException, InterruptedException {
        TestRun run = new TestRun(selected, logs, mostOutput);
        WorkspaceCompile compile = new WorkspaceCompile(store, SharedResults.NONE, entrance, root, flags, logs, run);
        List<Finding> errors = List.of();
        try {
            compile.compile(packages, progress);
        } catch (FindingException e) {
            if (e.kind() != FindingException.Kind.INPUT) {
                throw e;
            }
            // Packages that do not need one that does not compile were tested all the same.
            errors = e.findings();
        }
        return new TestedWorkspace(run.tested(), errors);
    }
}
