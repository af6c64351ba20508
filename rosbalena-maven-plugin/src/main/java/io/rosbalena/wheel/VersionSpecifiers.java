package io.rosbalena.wheel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Conditions on a version, all of which must hold (PEP 440, «Version specifiers»); none of them admits every version. */
public final class VersionSpecifiers {
    private static final int LONGEST = 8192;

    private final List<VersionSpecifier> all;

    private VersionSpecifiers(List<VersionSpecifier> all) {
        this.all = List.copyOf(all);
    }

    /** The conditions that a text lists between commas; empty if one of them cannot be read. */
    public static Optional<VersionSpecifiers> parse(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        List<VersionSpecifier> all = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            if (!part.isBlank()) {
                Optional<VersionSpecifier> one = VersionSpecifier.parse(part.strip());
                if (one.isEmpty()) {
                    return Optional.empty();
                }
                all.add(one.get());
            }
        }
        return Optional.of(new VersionSpecifiers(all));
    }

    /**
     * Whether all conditions hold for a version.
     *
     * @param preReleases whether a pre-release may be at all
     */
    public boolean contains(PythonVersion version, boolean preReleases) {
        return (preReleases || !version.isPreRelease()) && all.stream().allMatch(one -> one.contains(version));
    }

    /** Whether a condition names a pre-release, which asks for them. */
    public boolean mentionsPreRelease() {
        return all.stream().anyMatch(VersionSpecifier::mentionsPreRelease);
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return all.isEmpty();
    }

    /** Whether one version alone can be meant: {@code ==} without a wildcard, or {@code ===}. */
    public boolean isPin() {
        return all.stream().anyMatch(VersionSpecifier::isPin);
    }

    /** These and the others. */
    public VersionSpecifiers and(VersionSpecifiers other) {
        List<VersionSpecifier> both = new ArrayList<>(all);
        other.all.stream().filter(one -> !both.contains(one)).forEach(both::add);
        return new VersionSpecifiers(both);
    }

    @Override
    public String toString() {
        return all.stream().map(VersionSpecifier::toString).collect(Collectors.joining(","));
    }
}
