package io.rosbalena.robot.resolving;

import io.rosbalena.finding.FindingException;
import io.rosbalena.lock.Lock;
import io.rosbalena.robot.locking.Locking;
import io.rosbalena.robot.project.Robot;
import io.rosbalena.robot.project.RobotProject;
import io.rosbalena.robot.surroundings.Surroundings;
import java.io.IOException;
import java.util.List;

/** Showing what a robot is made of, and why. */
public final class Resolving {
    private Resolving() {}

    /**
     * What a request asks for, from a lock that answers the project: where it is stale or missing, it is made first.
     *
     * @throws FindingException with everything that is wrong with the project, or if the request names what is not there
     */
    public static Resolved resolve(RobotProject project, Surroundings surroundings, ResolveRequest request)
            throws IOException, InterruptedException {
        Robot robot = Robot.read(project, surroundings.store());
        request.check(robot);
        Lock lock = Locking.current(robot, surroundings).lock();
        List<ResolvedPlatform> platforms = new PlatformReader(robot, lock, request, surroundings).platforms();
        if (request.why().isPresent()) {
            WhyReport report =
                    new WhyReader(robot, lock, surroundings).read(request.why().get(), platforms);
            return Resolved.of(request.format() == ResolveFormat.JSON ? WhyJson.of(report) : WhyText.of(report));
        }
        return switch (request.format()) {
            case TREE -> Resolved.of(TreeText.of(platforms));
            case JSON -> Resolved.of(TreeJson.of(robot.rosDistro(), platforms));
            case APT -> AptList.of(platforms);
        };
    }
}
