package io.rosbalena.robot.starting;

import io.rosbalena.rosdep.RosDistribution;
import io.rosbalena.rosdep.RosDistributions;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The name of a ROS distribution, and where it was seen.
 *
 * @param name for example {@code humble}
 * @param where file and line, or what else said it
 */
record SeenDistro(String name, String where) {
    private static final String NAMES =
            RosDistributions.all().stream().map(RosDistribution::name).collect(Collectors.joining("|", "(", ")"));

    /** An image's reference: {@code ros:humble-ros-base}, {@code osrf/ros:humble-desktop}, {@code registry/l4t-ros2-humble}. */
    private static final Pattern IN_IMAGE = Pattern.compile("(?:^|.*[:/-])" + NAMES + "(?:[:/-].*)?");

    private static final Pattern FROM = Pattern.compile("(?i)^\\s*FROM\\s+(?:--\\S+\\s+)*(\\S+).*");
    private static final Pattern VARIABLE =
            Pattern.compile("(?i)^\\s*(?:ARG|ENV)\\s+ROS_DISTRO[=\\s]\\s*[\"']?" + NAMES + "\\b.*");
    private static final Pattern IMAGE = Pattern.compile("(?:[^#]*[\\s{,])?image:\\s*[\"']?([^\\s\"'#,}]+).*");
    private static final Pattern CONDITION =
            Pattern.compile("condition\\s*=\\s*[\"'][^\"']*\\$ROS_DISTRO\\s*==\\s*[\"']?" + NAMES + "\\b");
    private static final Pattern BRANCH = Pattern.compile("ref: refs/heads/" + NAMES + "(?:[-/].*)?");

    /** What the reference of an image says. */
    static Optional<String> inImage(String reference) {
        Matcher matcher = IN_IMAGE.matcher(reference);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** What a Dockerfile starts from, or sets. */
    static List<SeenDistro> inDockerfile(String file, String text) {
        return inLines(file, text, line -> {
            Matcher from = FROM.matcher(line);
            if (from.matches()) {
                return inImage(from.group(1));
            }
            Matcher variable = VARIABLE.matcher(line);
            return variable.matches() ? Optional.of(variable.group(1)) : Optional.empty();
        });
    }

    /** What finished images of a compose file say. */
    static List<SeenDistro> inCompose(String file, String text) {
        return inLines(file, text, line -> {
            Matcher image = IMAGE.matcher(line);
            return image.matches() ? inImage(image.group(1)) : Optional.empty();
        });
    }

    /** What conditions of a {@code package.xml} compare {@code ROS_DISTRO} with. */
    static List<SeenDistro> inConditions(String file, String text) {
        return inLines(file, text, line -> {
            Matcher condition = CONDITION.matcher(line);
            return condition.find() ? Optional.of(condition.group(1)) : Optional.empty();
        });
    }

    /** What the name of the branch says, from git's {@code HEAD}. */
    static Optional<SeenDistro> inBranch(String head) {
        Matcher branch = BRANCH.matcher(head.strip());
        return branch.matches()
                ? Optional.of(new SeenDistro(
                        branch.group(1), "the git branch " + head.strip().substring(16)))
                : Optional.empty();
    }

    private interface Line {
        Optional<String> distro(String line);
    }

    private static List<SeenDistro> inLines(String file, String text, Line reading) {
        List<String> lines = text.lines().toList();
        return IntStream.range(0, lines.size())
                .boxed()
                .flatMap(i -> reading.distro(lines.get(i))
                        .map(name -> Stream.of(new SeenDistro(name, file + ":" + (i + 1))))
                        .orElse(Stream.of()))
                .toList();
    }
}
