package io.rosbalena.robot.locking;

import io.rosbalena.lock.Lock;
import io.rosbalena.robot.project.BuildNeeds;
import io.rosbalena.robot.project.Robot;
import io.rosbalena.robot.surroundings.Surroundings;
import io.rosbalena.rosdep.ResolvedKeys;
import io.rosbalena.rosdep.RosdepDatabase;
import io.rosbalena.rosdep.TargetOs;
import java.io.IOException;
import java.util.Optional;

/** The keys of a robot, resolved by the databases that its lock names. */
public final class LockedKeys {
    private final Robot robot;
    private final BuildNeeds build;
    private final RosdepDatabase database;

    private LockedKeys(Robot robot, BuildNeeds build, RosdepDatabase database) {
        this.robot = robot;
        this.build = build;
        this.database = database;
    }

    /** Prepares the databases; those that the store has in the lock's form cost no network. */
    public static LockedKeys open(Robot robot, BuildNeeds build, Lock lock, Surroundings surroundings)
            throws IOException {
        return new LockedKeys(robot, build, Databases.open(robot, lock.databases(), surroundings));
    }

    /**
     * The keys on an operating system.
     *
     * @throws io.rosbalena.finding.FindingException with every key that has no usable rule
     */
    public ResolvedKeys on(TargetOs os) {
        return RobotKeys.resolve(robot, build, Optional.empty(), database, os);
    }
}
