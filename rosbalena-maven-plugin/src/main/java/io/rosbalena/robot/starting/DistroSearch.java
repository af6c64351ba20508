package io.rosbalena.robot.starting;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import io.rosbalena.robot.project.RobotProject;
import io.rosbalena.rosdep.RosDistribution;
import io.rosbalena.rosdep.RosDistributions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Finds out which ROS distribution a folder is for: what who calls says, else what its Dockerfiles and its compose file
 * start from, else what its package manifests and its branch name, else the shell's {@code ROS_DISTRO}.
 */
final class DistroSearch {
    private DistroSearch() {}

    /**
     * The distribution with where it was seen.
     *
     * @param compose the compose file, which may be missing
     * @param findings gets RB181 if nothing says it, or several things say something else
     */
    static Optional<SeenDistro> find(
            RobotProject project, Path compose, Optional<String> shellDistro, Findings findings) throws IOException {
        RobotProject.Target target = project.target();
        if (target.rosDistro().isPresent()) {
            return target.rosDistro().map(name -> new SeenDistro(name, "rosDistro"));
        }
        Optional<SeenDistro> ofBase =
                target.from().flatMap(from -> SeenDistro.inImage(from).map(name -> new SeenDistro(name, "from")));
        if (ofBase.isPresent()) {
            return ofBase;
        }
        Path folder = project.files().directory();
        List<SeenDistro> images = new ArrayList<>();
        ProjectFiles.dockerfiles(folder).forEach((file, text) -> images.addAll(SeenDistro.inDockerfile(file, text)));
        ProjectFiles.text(compose)
                .ifPresent(text ->
                        images.addAll(SeenDistro.inCompose(project.files().show(compose), text)));
        if (!images.isEmpty()) {
            return one(images, findings);
        }
        List<SeenDistro> conditions = new ArrayList<>();
        ProjectFiles.manifests(folder).forEach((file, text) -> conditions.addAll(SeenDistro.inConditions(file, text)));
        // Manifests that serve several distributions compare with each of them, and so say nothing.
        if (names(conditions).size() == 1) {
            return Optional.of(conditions.get(0));
        }
        Optional<SeenDistro> branch =
                ProjectFiles.text(folder.resolve(".git").resolve("HEAD")).flatMap(SeenDistro::inBranch);
        if (branch.isPresent()) {
            return branch;
        }
        Optional<SeenDistro> shell = shellDistro
                .filter(name -> RosDistributions.find(name).isPresent())
                .map(name -> new SeenDistro(name, "ROS_DISTRO of this shell"));
        if (shell.isEmpty()) {
            findings.add(Finding.error("RB181", "nothing here says which ROS distribution the robot runs")
                    .fix("say it: -Drosbalena.rosDistro=" + examples()));
        }
        return shell;
    }

    private static Optional<SeenDistro> one(List<SeenDistro> seen, Findings findings) {
        if (names(seen).size() == 1) {
            return Optional.of(seen.get(0));
        }
        findings.add(Finding.error(
                        "RB181",
                        "several ROS distributions are named: "
                                + seen.stream()
                                        .map(one -> one.name() + " in " + one.where())
                                        .distinct()
                                        .collect(Collectors.joining(", ")))
                .fix("say which one the robot runs: -Drosbalena.rosDistro="
                        + names(seen).first()));
        return Optional.empty();
    }

    private static SortedSet<String> names(List<SeenDistro> seen) {
        return seen.stream().map(SeenDistro::name).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String examples() {
        List<String> names =
                RosDistributions.all().stream().map(RosDistribution::name).toList();
        return names.get(0) + " (or " + String.join(", ", names.subList(1, names.size())) + ")";
    }
}
