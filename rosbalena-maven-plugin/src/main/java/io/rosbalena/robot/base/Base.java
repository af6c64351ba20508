package io.rosbalena.robot.base;

import io.rosbalena.apt.Candidate;
import io.rosbalena.apt.deb.PathRewrite;
import io.rosbalena.apt.index.Snapshots;
import io.rosbalena.apt.preference.Preferences;
import io.rosbalena.apt.source.AptSource;
import io.rosbalena.apt.state.BaseFiles;
import io.rosbalena.finding.FindingException;
import io.rosbalena.finding.Findings;
import io.rosbalena.image.Layer;
import io.rosbalena.json.JsonValue;
import io.rosbalena.lock.LockedBase;
import io.rosbalena.rosdep.TargetOs;
import io.rosbalena.tree.FileTree;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a platform's images stand on, and what it tells of the platform. */
public interface Base extends Closeable {
    /** What {@code from} says for a base of packages alone. */
    String APT = "apt";

    /** Whether it is put together from packages, not brought ready. */
    boolean isAssembled();

    /** The operating system; empty where the archives must tell. */
    Optional<TargetOs> os() throws IOException;

    /** The apt sources that packages come from. */
    List<AptSource> sources() throws IOException;

    /**
     * What archives refuse, with what the user of this base can do about it.
     *
     * @param e the findings of reading {@link #sources}
     */
    default FindingException explained(FindingException e) throws IOException {
        return e;
    }

    /** Where the archives of these sources can be had as they were. */
    Snapshots snapshots();

    /**
     * Which versions its makers prefer, by apt's preferences; what is wrong in them goes to the findings as warnings.
     */
    Preferences preferences(Findings findings) throws IOException;

    /** The packages that are there already. */
    List<Candidate> installed() throws IOException;

    /** The names of those that its maker wants to stay at their version ({@code apt-mark hold}). */
    default Set<String> held() throws IOException {
        return Set.of();
    }

    /** The files that are there already. */
    BaseFiles files();

    /** Where paths of packages really stand on it. */
    PathRewrite rewrite();

    /** Its layers, from the bottom; none for a base of packages. */
    List<Layer> layers();

    /** Its configuration; an empty object for a base of packages. */
    JsonValue config();

    /** Everything in it; empty for a base of packages. */
    FileTree tree();

    /** What the lock says of it. */
    LockedBase locked();

    @Override
    default void close() throws IOException {}
}
