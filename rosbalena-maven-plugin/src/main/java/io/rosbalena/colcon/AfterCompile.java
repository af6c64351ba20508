package io.rosbalena.colcon;

import io.rosbalena.sandbox.Sandbox;
import io.rosbalena.store.Progress;
import java.io.IOException;
import java.util.List;

/** What is done with packages where they were compiled, before their build folders go. */
interface AfterCompile {
    /** The usual: a result is all that is wanted. */
    AfterCompile NOTHING = new AfterCompile() {
        @Override
        public boolean needsFolders(CompileInput input) {
            return false;
        }

        @Override
        public void perform(List<CompileInput> compiled, Scratch scratch, Sandbox sandbox, Progress progress) {}
    };

    /** Whether a package must be compiled even if its result is known. */
    boolean needsFolders(CompileInput input) throws IOException;

    /**
     * Works in the folders of a run.
     *
     * @param compiled the packages that compiled, which have build and install folders
     */
    void perform(List<CompileInput> compiled, Scratch scratch, Sandbox sandbox, Progress progress)
            throws IOException, InterruptedException;
}
