package io.rosbalena.colcon;

import io.rosbalena.store.Digest;
import io.rosbalena.symbols.BuildId;
import io.rosbalena.tree.TreePath;
import java.util.Optional;

/**
 * What was stripped from a program or library: symbol table, line numbers, types.
 *
 * @param file the program or library, relative to its package's install folder
 * @param id the build id of both; empty where a linker was told to write none
 * @param blob its content
 * @param size bytes
 */
public record DebugFile(TreePath file, Optional<BuildId> id, Digest blob, long size) {
    /** Below which debuggers look. */
    public static final TreePath FOLDER = TreePath.parse("usr/lib/debug");

    /**
     * Where it stands for a debugger: by build id, or, without one, under the path of what it was stripped from, from
     * where it must be named to the debugger ({@code symbol-file}).
     */
    public TreePath place(String packageName) {
        TreePath below = id.map(BuildId::debugFile)
                .orElseGet(() -> new TreePath(InstallTree.INSTALL
                        .resolve(packageName)
                        .resolve(file.text() + ".debug")
                        .text()));
        return FOLDER.resolve(below.text());
    }
}
