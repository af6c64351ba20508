package io.rosbalena.compose;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Labels {@code io.balena.features.requires.*}, which balena turns into the contract of a service: a device that does
 * not fulfil it refuses the release, and a value that is not understood is refused before.
 */
final class ContractLabels {
    private static final String PREFIX = "io.balena.features.requires.";
    private static final List<String> VERSIONS = List.of("sw.supervisor", "sw.l4t", "sw.balena-os", "sw.linux");
    private static final List<String> ARCHITECTURES = List.of("aarch64", "rpi", "amd64", "armv7hf", "i386");

    /** Ranges as the semver package of npm reads them: comparators, x-ranges, hyphens, tildes, carets and {@code ||}. */
    private static final String VERSION =
            "[v=]?(?:[xX*]|[0-9]{1,15})(?:\\.(?:[xX*]|[0-9]{1,15})){0,2}(?:-[0-9A-Za-z.-]+)?(?:\\+[0-9A-Za-z.-]+)?";

    private static final String COMPARATOR = "(?:(?:[<>]=?|=|~>?|\\^)\\s*)?" + VERSION;
    private static final Pattern RANGE = Pattern.compile(
            "\\s*(?:" + VERSION + "\\s+-\\s+" + VERSION + "|" + COMPARATOR + "(?:\\s+" + COMPARATOR + ")*)?\\s*");

    private ContractLabels() {}

    /** What is wrong with the value of a label; empty if nothing is, or if it is no such label. */
    static Optional<String> check(String label, String value) {
        if (!label.startsWith(PREFIX)) {
            return Optional.empty();
        }
        String requirement = label.substring(PREFIX.length());
        if (VERSIONS.contains(requirement)) {
            boolean range = value.length() < 200
                    && List.of(value.split("\\|\\|", -1)).stream()
                            .allMatch(part -> RANGE.matcher(part).matches());
            return range ? Optional.empty() : Optional.of("wants a range of versions such as \">=14.0.0\"");
        }
        if (requirement.equals("arch.sw") && !ARCHITECTURES.contains(value)) {
            return Optional.of("wants one of " + String.join(", ", ARCHITECTURES));
        }
        return Optional.empty();
    }
}
