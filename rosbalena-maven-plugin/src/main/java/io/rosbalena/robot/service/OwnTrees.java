package io.rosbalena.robot.service;

import io.rosbalena.colcon.InstallTree;
import io.rosbalena.tree.FileTree;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the project itself brings into the image of a service, beside the packages of others.
 *
 * @param packages what the packages of the workspace install, by name
 * @param files what the manifest adds
 */
public record OwnTrees(SortedMap<String, InstallTree> packages, FileTree files) {
    public OwnTrees {
        packages = Collections.unmodifiableSortedMap(new TreeMap<>(packages));
    }
}
