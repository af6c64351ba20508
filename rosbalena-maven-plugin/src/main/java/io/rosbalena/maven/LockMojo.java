package io.rosbalena.maven;

import io.rosbalena.robot.locking.Locking;
import io.rosbalena.robot.project.RobotProject;
import io.rosbalena.robot.surroundings.Surroundings;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@code rosbalena.lock}: resolves everything anew from the archives and databases as they are now, and prints
 * what changed. Commit the file.
 */
@Mojo(name = "lock", threadSafe = true)
public final class LockMojo extends RobotMojo {
    /** Assign packages to image layers anew. Every robot downloads the moved ones again. */
    @Parameter(property = "rosbalena.relayer", defaultValue = "false")
    private boolean relayer;

    /**
     * Names of Debian packages and Python projects of the lock that are taken in their newest version. Everything else
     * stays as it is, unless they need another version of it. Without: everything is resolved anew.
     */
    @Parameter(property = "rosbalena.update")
    private @Nullable List<String> update;

    @Override
    protected void perform(RobotProject robot, Surroundings surroundings) throws IOException, InterruptedException {
        Locking.lock(robot, surroundings, relayer, Set.copyOf(words(update)));
    }
}
