package io.rosbalena.wheel;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the name of a wheel says (PEP 427).
 *
 * @param project normalised name
 * @param version of the project
 * @param build tells several builds of one version apart; empty for the first
 * @param tags what it runs on: on each of them
 */
public record WheelFilename(String project, PythonVersion version, Optional<Build> build, Set<WheelTag> tags) {
    private static final Pattern FORM = Pattern.compile(
            "([A-Za-z0-9][A-Za-z0-9._]*)-([A-Za-z0-9._!+]+)(?:-([0-9]{1,18})([A-Za-z0-9._]*))?-([A-Za-z0-9._]+)-([A-Za-z0-9._]+)-([A-Za-z0-9._]+)\\.whl");
    private static final int LONGEST = 512;

    /** Builds of one version, the first first. */
    public static final Comparator<WheelFilename> BY_BUILD = Comparator.comparing(
                    (WheelFilename name) -> name.build().map(Build::number).orElse(-1L))
            .thenComparing(name -> name.build().map(Build::text).orElse(""));

    /**
     * A build of a version.
     *
     * @param number the digits in front
     * @param text the rest
     */
    public record Build(long number, String text) {}

    public WheelFilename {
        tags = Set.copyOf(tags);
    }

    /** The parts of a name; empty if it is none of a wheel. */
    public static Optional<WheelFilename> parse(String filename) {
        if (filename.length() > LONGEST) {
            return Optional.empty();
        }
        Matcher matcher = FORM.matcher(filename);
        if (!matcher.matches() || !ProjectName.isValid(matcher.group(1))) {
            return Optional.empty();
        }
        Optional<Build> build = Optional.ofNullable(matcher.group(3))
                .map(digits -> new Build(Long.parseLong(digits), matcher.group(4)));
        // Names of before PEP 440 have an underscore where a local version has its plus.
        return PythonVersion.parse(matcher.group(2).replace('_', '-'))
                .map(version -> new WheelFilename(
                        ProjectName.normalize(matcher.group(1)),
                        version,
                        build,
                        tags(matcher.group(5), matcher.group(6), matcher.group(7))));
    }

    private static Set<WheelTag> tags(String pythons, String abis, String platforms) {
        Set<WheelTag> tags = new LinkedHashSet<>();
        for (String python : pythons.split("\\.", -1)) {
            for (String abi : abis.split("\\.", -1)) {
                for (String platform : platforms.split("\\.", -1)) {
                    tags.add(new WheelTag(python, abi, platform));
                }
            }
        }
        return tags;
    }
}
