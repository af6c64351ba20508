package io.rosbalena.robot.locking;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.lock.Lock;
import io.rosbalena.robot.project.Robot;
import io.rosbalena.robot.project.RobotProject;
import io.rosbalena.robot.surroundings.Surroundings;
import io.rosbalena.rosdep.RosdepDatabase;
import io.rosbalena.rosdep.RosdepSource;
import io.rosbalena.rosdep.RosdepSources;
import io.rosbalena.store.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The rosdep databases that a project reads. */
final class Databases {
    /** The newest sync of each distribution is tagged {@code <distro>/<date>}; without a tag the main branch counts. */
    private static final String UNTAGGED = "master";

    /** A name of git that is the same in an address, without steps up. */
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9_.-]*(/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*");

    private Databases() {}

    /**
     * Whether the files of this machine among those that a lock was made with are still what they were. Remote ones are
     * what was locked, whatever their servers say now.
     */
    static boolean areAsLocked(RobotProject project, Lock lock) throws IOException {
        for (Map.Entry<String, Digest> one : lock.databases().entrySet()) {
            Optional<Path> file =
                    RosdepSource.local(one.getKey(), project.files().directory());
            if (file.isPresent()
                    && (!Files.isRegularFile(file.get())
                            || !Digest.of(file.get()).equals(one.getValue()))) {
                return false;
            }
        }
        return true;
    }

    /**
     * Prepares the databases; those that are known, and that the store or the cache has, cost no other network.
     *
     * @param known digests of files that are to have no others
     * @throws FindingException RB737 if the tag cannot be one, RB058 if a source is neither an address nor a path
     */
    static RosdepDatabase open(Robot robot, Map<String, Digest> known, Surroundings surroundings) throws IOException {
        for (Map.Entry<String, Digest> one : remote(robot.project(), known).entrySet()) {
            surroundings.cache().document(one.getKey(), one.getValue(), RosdepSource.LARGEST, surroundings.console());
        }
        return RosdepDatabase.open(of(robot), known, surroundings.transfer(), surroundings.store());
    }

    /** Those databases that are not files of this machine. */
    static Map<String, Digest> remote(RobotProject project, Map<String, Digest> databases) {
        Map<String, Digest> remote = new TreeMap<>(databases);
        remote.keySet()
                .removeIf(name ->
                        RosdepSource.local(name, project.files().directory()).isPresent());
        return remote;
    }

    /** @throws FindingException RB737 if the tag cannot be one, RB058 if a source is neither an address nor a path */
    private static RosdepSources of(Robot robot) throws IOException {
        RobotProject.Rosdep asked = robot.project().rosdep();
        Path folder = robot.project().files().directory();
        if (asked.tag().filter(tag -> !TAG.matcher(tag).matches()).isPresent()) {
            throw FindingException.input(Finding.error(
                            "RB737",
                            "this cannot be a tag of ros/rosdistro: "
                                    + asked.tag().get())
                    .at("pom.xml")
                    .fix("write <rosdistroTag>" + robot.rosDistro()
                            + "/2026-08-07</rosdistroTag>: a distribution and the" + " day of one of its syncs"));
        }
        RosdepSources sources = RosdepSources.official(
                        robot.rosDistro(), asked.tag().orElse(UNTAGGED))
                .withOverlays(RosdepSources.overlays(folder));
        if (!asked.sources().isEmpty()) {
            sources = sources.withDatabases(asked.sources().stream()
                    .map(text -> RosdepSource.parse(text, folder))
                    .toList());
        }
        if (asked.index().isPresent()) {
            sources = sources.withIndex(RosdepSource.parse(asked.index().get(), folder));
        }
        return sources;
    }
}
