package io.rosbalena.robot.resolving;

import io.rosbalena.apt.ArchiveId;
import io.rosbalena.image.Platform;
import io.rosbalena.lock.Lock;
import io.rosbalena.lock.LockedPlatform;
import io.rosbalena.robot.base.Base;
import io.rosbalena.robot.base.Bases;
import io.rosbalena.robot.deb.Archives;
import io.rosbalena.robot.locking.LockedKeys;
import io.rosbalena.robot.project.BuildNeeds;
import io.rosbalena.robot.project.Robot;
import io.rosbalena.robot.project.RobotService;
import io.rosbalena.robot.surroundings.Surroundings;
import io.rosbalena.rosdep.TargetOs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads what a robot is made of from its lock, its workspace and the databases; looks at no index of an archive. */
final class PlatformReader {
    private final Robot robot;
    private final Lock lock;
    private final ResolveRequest request;
    private final Surroundings surroundings;
    private final BuildNeeds build;
    private final LockedKeys keys;

    PlatformReader(Robot robot, Lock lock, ResolveRequest request, Surroundings surroundings) throws IOException {
        this.robot = robot;
        this.lock = lock;
        this.request = request;
        this.surroundings = surroundings;
        this.build = BuildNeeds.of(robot);
        this.keys = LockedKeys.open(robot, build, lock, surroundings);
    }

    /** All platforms, in the order of the project: the first is that of the main manifest. */
    List<ResolvedPlatform> platforms() throws IOException {
        List<ResolvedPlatform> platforms = new ArrayList<>();
        for (Platform platform : robot.platforms()) {
            LockedPlatform locked = lock.platforms().get(platform.toString());
            if (locked != null) {
                platforms.add(platform(platform, locked));
            }
        }
        return platforms;
    }

    private ResolvedPlatform platform(Platform platform, LockedPlatform locked) throws IOException {
        try (Base base = Bases.locked(robot, locked.base(), platform, surroundings)) {
            TargetOs os = base.os()
                    .orElseGet(() -> Archives.os(lock.archives().keySet().stream()
                            .map(ArchiveId::parse)
                            .toList()));
            SetReader reader = new SetReader(robot, build, os, keys.on(os), locked, new PackageLookup(locked, base));
            List<ResolvedSet> sets = new ArrayList<>();
            for (RobotService service : robot.services()) {
                if (request.wants(service.name())) {
                    sets.add(reader.service(service));
                }
            }
            if (build.closure().isPresent() && request.wants(LockedPlatform.BUILD)) {
                sets.add(request.onlyTotalsOfBuildRoot() ? reader.totalsOfBuildRoot() : reader.buildRoot());
            }
            return new ResolvedPlatform(platform.toString(), os, sets);
        }
    }
}
