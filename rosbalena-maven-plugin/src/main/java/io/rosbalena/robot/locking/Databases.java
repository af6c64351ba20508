package io.rosbalena.robot.locking;

import io.rosbalena.robot.project.Robot;
import io.rosbalena.robot.project.RobotProject;
import io.rosbalena.rosdep.RosdepSource;
import io.rosbalena.rosdep.RosdepSources;
import java.io.IOException;
import java.nio.file.Path;

/** The rosdep databases that a project reads. */
final class Databases {
    /** The newest sync of each distribution is tagged {@code <distro>/<date>}; without a tag the main branch counts. */
    private static final String UNTAGGED = "master";

    private Databases() {}

    static RosdepSources of(Robot robot) throws IOException {
        RobotProject.Rosdep asked = robot.project().rosdep();
        Path folder = robot.project().files().directory();
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
