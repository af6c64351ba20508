package io.rosbalena.robot.service;

import io.rosbalena.colcon.InstallTree;
import io.rosbalena.environment.TreeView;
import io.rosbalena.lint.preflight.Supply;
import io.rosbalena.tree.FileTree;
import io.rosbalena.tree.TreePath;
import java.io.Closeable;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the image of a service is made of, to be looked into without its layers. Contents can be read until it is closed.
 *
 * @param files everything in the image
 * @param kinds what is known of the libraries of Debian packages, see {@link io.rosbalena.apt.state.LibraryFact#flags}
 * @param supplies the Debian packages and wheels
 * @param packages what the packages of the workspace install, by name
 * @param added what the manifest adds
 * @param open what must be closed
 */
public record ImageTrees(
        TreeView files,
        Map<TreePath, Integer> kinds,
        List<Supply> supplies,
        SortedMap<String, InstallTree> packages,
        FileTree added,
        List<FileTree> open)
        implements Closeable {
    public ImageTrees {
        kinds = Map.copyOf(kinds);
        supplies = List.copyOf(supplies);
        packages = Collections.unmodifiableSortedMap(new TreeMap<>(packages));
        open = List.copyOf(open);
    }

    @Override
    public void close() throws IOException {
        for (FileTree tree : open) {
            tree.close();
        }
    }
}
