package io.rosbalena.robot.project;

import io.rosbalena.compose.Service;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import io.rosbalena.workspace.RosPackage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Services without command whose single launch file becomes it ({@code ServiceCommand}). That is known for certain only
 * when they are compiled; what they start with must be in the lock before.
 */
public final class LaunchStart {
    /** The rosdep key of the package that has {@code ros2 launch}. */
    static final String KEY = "ros2launch";

    private static final List<String> BUILD_FILES = List.of("CMakeLists.txt", "setup.py", "setup.cfg");
    private static final Pattern PROGRAM = Pattern.compile(
            "add_executable\\s*\\(|PROGRAMS|rclcpp_components_register_node|(console|gui)_scripts|\\bscripts\\s*=");
    private static final Pattern COMMENT = Pattern.compile("#.*");
    private static final Pattern LAUNCH_FILE = Pattern.compile("[._]launch\\.(py|xml|yaml|yml)$");

    private LaunchStart() {}

    /** Whether the sources say so: one launch file, and no build file that makes a program. */
    static boolean isPlanned(Service service, Collection<RosPackage> own) throws IOException {
        if (service.command().isPresent() || service.entrypoint().isPresent()) {
            return false;
        }
        for (RosPackage one : own) {
            if (makesProgram(one.directory())) {
                return false;
            }
        }
        long files = 0;
        for (RosPackage one : own) {
            files += launchFiles(one.directory()).size();
        }
        return files == 1;
    }

    /** The launch files below a package's folder, sorted. */
    public static List<Path> launchFiles(Path folder) throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            return found.filter(file ->
                            LAUNCH_FILE.matcher(file.getFileName().toString()).find())
                    .sorted()
                    .toList();
        }
    }

    /** Whether a build file of a package makes a program. */
    public static boolean makesProgram(Path folder) throws IOException {
        for (String name : BUILD_FILES) {
            Path file = folder.resolve(name);
            if (Files.isRegularFile(file)) {
                // Every byte is a letter in this encoding; the words that count are ASCII in all others.
                String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                if (PROGRAM.matcher(COMMENT.matcher(text).replaceAll("")).find()) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether an image's command is {@code ros2 launch}. */
    public static boolean isOne(List<String> command) {
        return command.size() > 1
                && command.get(0).equals("ros2")
                && command.get(1).equals("launch");
    }

    /**
     * Refuses a command that the image could not start.
     *
     * @param command {@code ros2 launch} and so on
     * @param debs names of the Debian packages in the image
     * @param findings gets RB733 if nothing brings {@code ros2 launch}
     */
    public static void check(RobotService service, List<String> command, Stream<String> debs, Findings findings) {
        if (service.keys().contains(KEY)
                || service.packages().contains(KEY)
                || debs.anyMatch(name -> name.startsWith("ros-") && name.endsWith("-" + KEY))) {
            return;
        }
        String line = String.join(" ", command);
        findings.add(service.compose()
                .places()
                .of("")
                .place(Finding.error("RB733", "the service starts with " + line + ", and nothing brings ros2 launch")
                        .fix("write command: " + line + ", or <exec_depend>ros2launch</exec_depend> in a package.xml"))
                .inService(service.name()));
    }
}
