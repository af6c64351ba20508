package io.rosbalena.robot.project;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What is built in place of what robots get, to work on them: overlays of the compose file, and verbs of {@code ros2}.
 * What it asks for besides is locked in a file of its own, so that the robot's lock stays as it is.
 *
 * @param overlays names, each of a file {@code docker-compose.NAME.yml}; later ones win
 * @param tools whether ROS services get the verbs that look into a running robot
 * @param mainLock the robot's lock
 */
public record Variant(List<String> overlays, boolean tools, Path mainLock) {
    /** The overlay of the desk. */
    static final String DESK = "dev";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]*");

    public Variant {
        overlays = List.copyOf(overlays);
    }

    /** Whether it is what robots get. */
    public boolean isNone() {
        return overlays.isEmpty() && !tools;
    }

    /** The lock of this variant: {@code rosbalena.dev.lock} beside {@code rosbalena.lock}. */
    public Path lock() {
        List<String> words = new ArrayList<>(overlays);
        if (tools) {
            words.add("tools");
        }
        return words.isEmpty() ? mainLock : beside(mainLock, String.join("-", words));
    }

    /**
     * The overlays beside a compose file, lowest first.
     *
     * @param findings gets RB171 for a name that can be none, RB172 for a file that is not there
     */
    List<Path> files(RobotProject.Files project, Findings findings) {
        List<Path> files = new ArrayList<>();
        for (String overlay : overlays) {
            if (!NAME.matcher(overlay).matches()) {
                findings.add(Finding.error("RB171", "an overlay cannot be called \"" + overlay + "\"")
                        .at("pom.xml")
                        .fix("write the word between the dots: dev for docker-compose.dev.yml"));
                continue;
            }
            Path file = beside(project.compose(), overlay);
            if (Files.exists(file)) {
                files.add(file);
            } else {
                findings.add(Finding.error("RB172", "there is no overlay " + overlay)
                        .at(project.show(file))
                        .fix("write what differs from " + project.show(project.compose())
                                + " into this file, or leave out -Drosbalena.overlay=" + overlay));
            }
        }
        return files;
    }

    /** Whether all overlays have a file. */
    boolean isThere(RobotProject.Files project) {
        return overlays.stream().allMatch(overlay -> Files.exists(beside(project.compose(), overlay)));
    }

    /** What a message says of it; empty for what robots get. */
    public Optional<String> said() {
        if (isNone()) {
            return Optional.empty();
        }
        String words = overlays.isEmpty() ? "" : "overlay " + String.join(", ", overlays);
        return Optional.of(
                "a variant for the desk: " + words + (tools ? (words.isEmpty() ? "" : ", ") + "with tools" : ""));
    }

    private static Path beside(Path file, String word) {
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        return file.resolveSibling(
                dot < 0 ? name + "." + word : name.substring(0, dot) + "." + word + name.substring(dot));
    }
}
