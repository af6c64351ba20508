package io.rosbalena.robot.base;

import io.rosbalena.apt.Candidate;
import io.rosbalena.apt.deb.PathRewrite;
import io.rosbalena.apt.index.Snapshots;
import io.rosbalena.apt.preference.Preferences;
import io.rosbalena.apt.source.AptSource;
import io.rosbalena.apt.state.BaseFiles;
import io.rosbalena.finding.Findings;
import io.rosbalena.image.ImageConfig;
import io.rosbalena.image.Layer;
import io.rosbalena.json.JsonValue;
import io.rosbalena.lock.LockedBase;
import io.rosbalena.robot.project.RobotProject;
import io.rosbalena.rosdep.TargetOs;
import io.rosbalena.tree.FileTree;
import io.rosbalena.tree.MemoryTree;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A base of Debian packages alone: the essential ones, merged {@code /usr}.
 *
 * @param project says which sources to use
 * @param snapshots where their archives can be had as they were
 */
record AssembledBase(RobotProject project, Snapshots snapshots) implements Base {
    @Override
    public boolean isAssembled() {
        return true;
    }

    @Override
    public Optional<TargetOs> os() {
        return Optional.empty();
    }

    @Override
    public List<AptSource> sources() throws IOException {
        return ProjectSources.read(project);
    }

    /** None: what the machine that builds prefers does not decide. */
    @Override
    public Preferences preferences(Findings findings) {
        return Preferences.NONE;
    }

    @Override
    public List<Candidate> installed() {
        return List.of();
    }

    @Override
    public BaseFiles files() {
        return BaseFiles.NONE;
    }

    @Override
    public PathRewrite rewrite() {
        return PathRewrite.DEBIAN;
    }

    @Override
    public List<Layer> layers() {
        return List.of();
    }

    @Override
    public JsonValue config() {
        return ImageConfig.NO_BASE;
    }

    @Override
    public FileTree tree() {
        return new MemoryTree();
    }

    @Override
    public LockedBase locked() {
        return new LockedBase(APT, Optional.empty(), List.of());
    }
}
