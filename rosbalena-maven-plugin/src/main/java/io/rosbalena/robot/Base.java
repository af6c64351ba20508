package io.rosbalena.robot;

import io.rosbalena.apt.Candidate;
import io.rosbalena.apt.deb.PathRewrite;
import io.rosbalena.apt.source.AptSource;
import io.rosbalena.apt.state.BaseFiles;
import io.rosbalena.image.Layer;
import io.rosbalena.image.Platform;
import io.rosbalena.json.JsonValue;
import io.rosbalena.lock.LockedBase;
import io.rosbalena.rosdep.TargetOs;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What a platform's images stand on, and what it tells of the platform. */
interface Base {
    /** What {@code from} says for a base of packages alone. */
    String APT = "apt";

    /** Whether it is put together from packages, not brought ready. */
    boolean isAssembled();

    /** The operating system; empty where the archives must tell. */
    Optional<TargetOs> os();

    /** The apt sources that packages come from. */
    List<AptSource> sources() throws IOException;

    /** The packages that are there already. */
    List<Candidate> installed();

    /** The files that are there already. */
    BaseFiles files();

    /** Where paths of packages really stand on it. */
    PathRewrite rewrite();

    /** Its layers, from the bottom; none for a base of packages. */
    List<Layer> layers();

    /** Its configuration; an empty object for a base of packages. */
    JsonValue config();

    /** What the lock says of it. */
    LockedBase locked();

    static Base open(RobotProject project, Platform platform, Surroundings surroundings)
            throws IOException, InterruptedException {
        if (project.target().from().filter(APT::equals).isPresent()) {
            return new AssembledBase(project);
        }
        throw new IllegalStateException("only apt");
    }
}
