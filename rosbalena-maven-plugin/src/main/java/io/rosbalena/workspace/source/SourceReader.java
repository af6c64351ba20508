package io.rosbalena.workspace.source;

import io.rosbalena.finding.Findings;
import io.rosbalena.workspace.RosPackage;
import io.rosbalena.workspace.Submodules;
import io.rosbalena.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads the source trees of a workspace's packages. */
public final class SourceReader {
    private final Workspace workspace;
    private final SourceRules rules;
    private final FileDigests digests;
    private final IgnoreRules ignoreRules;
    private final Set<Path> emptySubmodules;

    public SourceReader(Workspace workspace, SourceRules rules, FileDigests digests) throws IOException {
        this.workspace = workspace;
        this.rules = rules;
        this.digests = digests;
        this.ignoreRules = new IgnoreRules(rules.project());
        this.emptySubmodules = Submodules.empty(rules.project());
    }

    /**
     * The source tree of a package. What is wrong with it (links out of the project, files that git has not fetched) is
     * added to the findings, what is left out is noted there.
     */
    public SourceTree read(RosPackage one, Findings findings) throws IOException {
        Path root = one.directory().toAbsolutePath().normalize();
        List<Path> notOurs = new ArrayList<>(rules.excluded());
        for (RosPackage other : workspace.packages()) {
            Path directory = other.directory().toAbsolutePath().normalize();
            if (directory.startsWith(root) && !directory.equals(root)) {
                notOurs.add(directory);
            }
        }
        SourceProblems problems = new SourceProblems(rules.project(), one.name(), findings);
        return new SourceWalk(root, rules, Set.copyOf(notOurs), ignoreRules, emptySubmodules, digests, problems).read();
    }
}
