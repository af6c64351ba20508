package io.rosbalena.robot.wheel;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.image.Platform;
import io.rosbalena.lock.LockedPlatform;
import io.rosbalena.lock.LockedWheel;
import io.rosbalena.robot.base.Base;
import io.rosbalena.robot.buildroot.BuildRootMaking;
import io.rosbalena.robot.deb.SystemState;
import io.rosbalena.robot.project.Platforms;
import io.rosbalena.robot.project.RobotProject;
import io.rosbalena.robot.surroundings.Surroundings;
import io.rosbalena.sandbox.Sandboxes;
import io.rosbalena.wheel.PythonVersion;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Brings the wheels of a lock into the store, those that were made from sources among them. */
public final class LockedWheels {
    private LockedWheels() {}

    /**
     * Fetches what the store lacks, and makes again what was made.
     *
     * @param base what the platform's images stand on
     * @param states opens packages
     * @throws FindingException RB297 with every wheel that cannot be had as it was locked
     */
    public static void ensure(
            RobotProject project,
            LockedPlatform locked,
            Platform platform,
            Base base,
            SystemState states,
            Surroundings surroundings)
            throws IOException, InterruptedException {
        ensure(locked.wheelsWithoutTests(), project, locked, platform, base, states, surroundings);
    }

    /** The same with the wheels that only tests need. */
    public static void ensureWithTests(
            RobotProject project,
            LockedPlatform locked,
            Platform platform,
            Base base,
            SystemState states,
            Surroundings surroundings)
            throws IOException, InterruptedException {
        ensure(locked.installedWheels(), project, locked, platform, base, states, surroundings);
    }

    private static void ensure(
            List<LockedWheel> wheels,
            RobotProject project,
            LockedPlatform locked,
            Platform platform,
            Base base,
            SystemState states,
            Surroundings surroundings)
            throws IOException, InterruptedException {
        for (LockedWheel one : WheelDownloads.ensure(wheels, project, surroundings)) {
            if (!Platforms.ofThisMachine().equals(Optional.of(platform))) {
                throw FindingException.environment(Finding.error(
                                "RB297",
                                one.filename() + " was made from sources on a machine of " + platform
                                        + ", and is not in the store")
                        .fix("build on such a machine"));
            }
            List<LockedWheel> tools = locked.wheels(LockedPlatform.WHEEL_MAKING + ":" + one.name());
            WheelDownloads.ensure(tools, project, surroundings);
            BuildRootMaking root =
                    new BuildRootMaking(LockedPlatform.WHEEL_MAKING, locked, platform, base, states, surroundings);
            make(one, tools, root, surroundings);
        }
    }

    private static void make(LockedWheel one, List<LockedWheel> tools, BuildRootMaking root, Surroundings surroundings)
            throws IOException, InterruptedException {
        WheelMaking making = new WheelMaking(root, (requirements, source) -> tools, surroundings);
        LockedWheel made = making.make(
                one.name(),
                PythonVersion.parse(one.version()).orElseThrow(),
                one.source().orElseThrow(),
                tools,
                Sandboxes.choose());
        if (!made.sha256().equals(one.sha256())) {
            throw FindingException.environment(Finding.error(
                            "RB297",
                            "the sources " + one.source().orElseThrow().filename()
                                    + " now make another wheel than the one that was locked: its build is not the same"
                                    + " each time")
                    .fix("put the wheel into an index of your own and name that in <pipIndexes>, or run mvn"
                            + " rosbalena:lock"));
        }
    }
}
