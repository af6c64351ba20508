package io.rosbalena.robot.project;

import io.rosbalena.finding.Findings;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import io.rosbalena.workspace.RosPackage;
import io.rosbalena.workspace.source.RememberedFileDigests;
import io.rosbalena.workspace.source.SourceReader;
import io.rosbalena.workspace.source.SourceRules;
import io.rosbalena.workspace.source.SourceTree;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The sources of a robot's workspace. */
public final class WorkspaceSources {
    private WorkspaceSources() {}

    /**
     * Reads the sources of packages; the store remembers digests of files that did not change.
     *
     * @param findings gets what is odd about them
     * @return by the name of the package
     */
    public static SortedMap<String, SourceTree> read(
            Robot robot, Collection<RosPackage> packages, BlobStore store, Findings findings) throws IOException {
        RobotProject project = robot.project();
        SourceRules rules = new SourceRules(
                project.files().directory(),
                project.build().sourceRoots(),
                List.of(project.files().output().getParent()));
        SortedMap<String, SourceTree> sources = new TreeMap<>();
        try (RememberedFileDigests digests = RememberedFileDigests.open(store.root()
                .resolve("file-digests")
                .resolve(Digest.of(project.files().directory().toString()).hex()))) {
            SourceReader reader = new SourceReader(robot.workspace(), rules, digests);
            for (RosPackage one : packages) {
                sources.put(one.name(), reader.read(one, findings));
            }
        }
        return sources;
    }
}
