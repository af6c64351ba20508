package io.rosbalena.robot.preflight;

import io.rosbalena.robot.project.Robot;
import io.rosbalena.tree.Entry;
import io.rosbalena.workspace.RosPackage;
import io.rosbalena.yaml.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Finds the file of the workspace that an installed one was copied from.
 *
 * @param robot has the packages
 */
record InstalledSource(Robot robot) {
    /** Where packages keep what they install as programs. */
    private static final List<String> FOLDERS = List.of("", "scripts", "nodes", "script", "bin");

    /** A line of the source; empty if no file of the package has the same end of its path and the same bytes. */
    Optional<Position> find(String packageName, Entry installed, int line) throws IOException {
        Optional<RosPackage> found = robot.workspace().find(packageName);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        byte[] bytes = installed.content().bytes();
        List<String> parts = installed.path().components();
        for (int from = 0; from < parts.size(); from++) {
            String below = String.join("/", parts.subList(from, parts.size()));
            for (String folder : from == parts.size() - 1 ? FOLDERS : List.of("")) {
                Path file = found.get().directory().resolve(folder).resolve(below);
                if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                        && Files.size(file) == bytes.length
                        && Arrays.equals(Files.readAllBytes(file), bytes)) {
                    return Optional.of(new Position(robot.project().files().show(file), line, 0));
                }
            }
        }
        return Optional.empty();
    }
}
