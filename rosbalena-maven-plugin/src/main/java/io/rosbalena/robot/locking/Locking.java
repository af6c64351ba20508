package io.rosbalena.robot.locking;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.lock.Lock;
import io.rosbalena.lock.LockFile;
import io.rosbalena.lock.LockedPlatform;
import io.rosbalena.robot.project.Robot;
import io.rosbalena.robot.project.RobotProject;
import io.rosbalena.robot.surroundings.Surroundings;
import io.rosbalena.store.Digest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Locking: the one family of functions that sees network and clock. */
public final class Locking {
    private Locking() {}

    /**
     * Resolves everything anew, or some of it, and writes the lock.
     *
     * @param relayer whether packages are assigned to layers anew, too
     * @param updates names of what is to be newer; empty: everything
     * @throws FindingException if something cannot be resolved, or RB306 if there is nothing of such a name; the lock is
     *     then as it was
     */
    public static Lock lock(RobotProject project, Surroundings surroundings, boolean relayer, Set<String> updates)
            throws IOException, InterruptedException {
        Robot robot = Robot.read(project, surroundings.store());
        robot.findings().forEach(surroundings.console()::finding);
        Optional<Lock> before = read(project).map(LockFile::lock);
        Lock lock = made(robot, new LockMaking(robot, surroundings), before, relayer, updates);
        write(robot, before, lock, surroundings);
        Sharing.give(project, lock, surroundings);
        return lock;
    }

    private static Lock made(
            Robot robot, LockMaking making, Optional<Lock> before, boolean relayer, Set<String> updates)
            throws IOException, InterruptedException {
        RobotProject project = robot.project();
        if (!project.variant().isNone() && before.isPresent()) {
            if (relayer || !updates.isEmpty()) {
                throw FindingException.input(
                        Finding.error("RB174", "a variant has the layers and versions of the robot's lock")
                                .at(project.files().show(project.variant().mainLock()))
                                .fix("update that lock: the same command without overlay and tools"));
            }
            return making.completed(before, false);
        }
        // Without a lock there is nothing to keep.
        return before.isEmpty() || updates.isEmpty()
                ? making.anew(before, relayer)
                : making.updated(before.get(), updates);
    }

    /**
     * The lock that answers what the project asks: the one that is there, or, where it is stale or missing, one that
     * keeps every pin that is still wanted and adds what is missing.
     *
     * @throws FindingException RB303 if the project is {@code locked} and the lock does not answer it
     */
    public static LockFile current(Robot robot, Surroundings surroundings) throws IOException, InterruptedException {
        return current(robot, surroundings, false);
    }

    /**
     * The same, with the root that tests run in: a lock gets that when somebody tests for the first time, and keeps it up
     * to date from then on whenever it is made anew or completed.
     */
    public static LockFile currentWithTests(Robot robot, Surroundings surroundings)
            throws IOException, InterruptedException {
        return current(robot, surroundings, true);
    }

    private static LockFile current(Robot robot, Surroundings surroundings, boolean tests)
            throws IOException, InterruptedException {
        RobotProject project = robot.project();
        Optional<LockFile> file = read(project);
        Optional<Lock> before = file.map(LockFile::lock);
        Digest asked = Asked.digest(robot);
        if (file.isPresent()
                && file.get().lock().asked().equals(asked)
                && (!tests || file.get().lock().testsAsked().equals(Optional.of(Asked.ofTests(robot))))
                && Databases.areAsLocked(project, file.get().lock())) {
            return file.get();
        }
        if (project.build().locked() && before.isEmpty()) {
            throw FindingException.input(
                    Finding.error("RB303", "there is no lock, and -Drosbalena.locked forbids to make one")
                            .at(project.files().show(project.files().lock()))
                            .fix("run mvn rosbalena:lock and commit the file"));
        }
        if (project.build().locked()) {
            throw FindingException.input(Finding.error(
                            "RB303",
                            "the lock does not answer what the "
                                    + (tests ? "project and its tests ask" : "project asks") + " now"
                                    + changes(robot, surroundings, before, tests))
                    .at(project.files().show(project.files().lock()))
                    .fix("run mvn rosbalena:" + (tests ? "test" : "build")
                            + " without -Drosbalena.locked and commit the file"));
        }
        Lock lock = new LockMaking(robot, surroundings).completed(before, tests);
        write(robot, before, lock, surroundings);
        return LockFile.of(lock);
    }

    /** What the lock lacks, as far as it can be told: without network it cannot, and the drift is an error all the same. */
    private static String changes(Robot robot, Surroundings surroundings, Optional<Lock> before, boolean tests)
            throws IOException, InterruptedException {
        try {
            List<String> lines =
                    LockDifference.lines(before, new LockMaking(robot, surroundings).completed(before, tests));
            return lines.isEmpty()
                    ? "; no package would change, only what the lock says that was asked"
                    : "; it would change:\n" + String.join("\n", lines);
        } catch (FindingException e) {
            if (e.kind() == FindingException.Kind.INPUT) {
                throw e;
            }
            return "; what would change cannot be told: " + e.findings().get(0).message();
        }
    }

    /** The lock that is there. A variant has that of the robot until it needs one of its own, and its versions always. */
    private static Optional<LockFile> read(RobotProject project) throws IOException {
        Optional<LockFile> own = read(project, project.files().lock());
        if (project.variant().isNone()) {
            return own;
        }
        Optional<LockFile> main = read(project, project.variant().mainLock());
        return own.filter(lock ->
                        main.isEmpty() || agree(lock.lock(), main.orElseThrow().lock()))
                .or(() -> main);
    }

    private static Optional<LockFile> read(RobotProject project, Path file) throws IOException {
        return LockFile.read(file, project.files().show(file));
    }

    /** Whether no package has one version in the one lock and another in the other. */
    private static boolean agree(Lock one, Lock other) {
        return one.platforms().entrySet().stream()
                .allMatch(platform -> Optional.ofNullable(other.platforms().get(platform.getKey()))
                        .map(theirs -> agree(platform.getValue(), theirs))
                        .orElse(true));
    }

    private static boolean agree(LockedPlatform one, LockedPlatform other) {
        Map<String, Digest> debs = new HashMap<>();
        other.packages().forEach(deb -> debs.put(deb.name(), deb.sha256()));
        return one.base().equals(other.base())
                && one.packages().stream()
                        .allMatch(deb -> deb.sha256().equals(debs.getOrDefault(deb.name(), deb.sha256())));
    }

    private static void write(Robot robot, Optional<Lock> before, Lock lock, Surroundings surroundings)
            throws IOException {
        RobotProject.Files files = robot.project().files();
        if (LockFile.write(files.lock(), lock)) {
            LockDifference.lines(before, lock).forEach(surroundings.console()::message);
            surroundings.console().message("commit " + files.show(files.lock()));
        } else {
            surroundings.console().message(files.show(files.lock()) + " is unchanged");
        }
    }
}
