package io.rosbalena.maven;

import io.rosbalena.robot.project.RobotProject;
import io.rosbalena.robot.resolving.ResolveFormat;
import io.rosbalena.robot.resolving.ResolveRequest;
import io.rosbalena.robot.resolving.Resolved;
import io.rosbalena.robot.resolving.Resolving;
import io.rosbalena.robot.surroundings.Surroundings;
import io.rosbalena.store.AtomicFile;
import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Shows the packages of each service, why each is there, and what it weighs. Versions come from the lock, which is made
 * where it is missing or stale.
 */
@Mojo(name = "resolve", threadSafe = true)
public final class ResolveMojo extends RobotMojo {
    /**
     * In which form. {@code tree}: service, package of the workspace, rosdep key, the line of the rule, system package,
     * version, for people. {@code json}: the same and all packages of the lock, for programs. {@code apt}: one
     * {@code name=version} a line of what keys and manifest ask for, for {@code apt-get install}. With {@code json} and
     * {@code apt} nothing of it goes through Maven's log, so that {@code mvn -q} prints the answer alone.
     */
    @Parameter(property = "rosbalena.resolve.format", defaultValue = "tree")
    private String format;

    /** A file that the answer is written to, in place of being printed. */
    @Parameter(property = "rosbalena.resolve.output")
    private @Nullable File output;

    /**
     * A Debian package, a wheel, a rosdep key or a package of the workspace: shows, in place of everything, the chains
     * that lead to it, at most the 20 shortest of each service, from the service over packages of the workspace, the
     * key and its rule to the relations between Debian packages. Each chain is told with two weights, in bytes to
     * download: what would leave the service if the one line went at which the chain leaves the workspace or the
     * manifest, with nothing else changed, and what would if nobody there asked for the key any more. Packages that
     * something else still leads to are in neither.
     */
    @Parameter(property = "rosbalena.why")
    private @Nullable String why;

    /** Services to show, and {@code +build} for the build root; without it all of them. */
    @Parameter(property = "service")
    private @Nullable List<String> service;

    @Override
    protected void perform(RobotProject robot, Surroundings surroundings) throws IOException, InterruptedException {
        ResolveRequest request = new ResolveRequest(
                ResolveFormat.parse(format), Optional.ofNullable(why), service == null ? List.of() : service);
        Resolved resolved = Resolving.resolve(robot, surroundings, request);
        if (output != null) {
            AtomicFile.write(output.toPath().toAbsolutePath().normalize(), resolved.bytes());
            getLog().info("written to " + robot.files().show(output.toPath()));
        } else if (request.format() == ResolveFormat.TREE) {
            resolved.lines().forEach(line -> getLog().info(line));
        } else {
            System.out.writeBytes(resolved.bytes());
            System.out.flush();
        }
        resolved.notes().forEach(System.err::println);
    }
}
