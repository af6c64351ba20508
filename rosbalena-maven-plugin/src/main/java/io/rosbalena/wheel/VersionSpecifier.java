package io.rosbalena.wheel;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One condition on a version (PEP 440, «Version specifiers»).
 *
 * @param operator for example {@code >=}
 * @param text what stands behind it; for {@code ===} any text, without the wildcard for a prefix
 * @param prefix whether a wildcard stands behind the version
 * @param version what the text spells; empty where it is an arbitrary text
 */
record VersionSpecifier(String operator, String text, boolean prefix, Optional<PythonVersion> version) {
    private static final Pattern FORM = Pattern.compile("(===|==|~=|!=|<=|>=|<|>)\\s*([^\\s,;)]+)");

    static Optional<VersionSpecifier> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String operator = matcher.group(1);
        String operand = matcher.group(2);
        if (operator.equals("===")) {
            return Optional.of(new VersionSpecifier(operator, operand, false, PythonVersion.parse(operand)));
        }
        boolean prefix = operand.endsWith(".*") && (operator.equals("==") || operator.equals("!="));
        String bare = prefix ? operand.substring(0, operand.length() - 2) : operand;
        return PythonVersion.parse(bare)
                .filter(version -> isAllowed(operator, version, prefix))
                .map(version -> new VersionSpecifier(operator, bare, prefix, Optional.of(version)));
    }

    private static boolean isAllowed(String operator, PythonVersion version, boolean prefix) {
        // A local version is one build of a version: only to be equal to it makes sense.
        if (version.isLocal() && (prefix || !(operator.equals("==") || operator.equals("!=")))) {
            return false;
        }
        if (operator.equals("~=")) {
            return version.release().size() > 1;
        }
        // A wildcard stands behind numbers, not behind a pre- or post-release.
        return !prefix || version.base().toString().equals(version.toString());
    }

    boolean isPin() {
        return operator.equals("===") || (operator.equals("==") && !prefix);
    }

    /** To exclude a pre-release asks for none. */
    boolean mentionsPreRelease() {
        return !operator.equals("!=")
                && version.filter(PythonVersion::isPreRelease).isPresent();
    }

    boolean contains(PythonVersion candidate) {
        if (operator.equals("===")) {
            return candidate.toString().toLowerCase(Locale.ROOT).equals(text.toLowerCase(Locale.ROOT));
        }
        PythonVersion wanted = version.orElseThrow();
        return switch (operator) {
            case "==" -> equal(candidate, wanted);
            case "!=" -> !equal(candidate, wanted);
            case "<=" -> candidate.withoutLocal().compareTo(wanted) <= 0;
            case ">=" -> candidate.withoutLocal().compareTo(wanted) >= 0;
            case "<" -> isBefore(candidate, wanted);
            case ">" -> isAfter(candidate, wanted);
            default -> candidate.withoutLocal().compareTo(wanted) >= 0 && startsLike(candidate, compatible(wanted));
        };
    }

    private boolean equal(PythonVersion candidate, PythonVersion wanted) {
        if (prefix) {
            return startsLike(candidate, wanted);
        }
        return (wanted.isLocal() ? candidate : candidate.withoutLocal()).equals(wanted);
    }

    /** A pre-release of the version itself is not before it. */
    private static boolean isBefore(PythonVersion candidate, PythonVersion wanted) {
        if (candidate.compareTo(wanted) >= 0) {
            return false;
        }
        return wanted.isPreRelease()
                || !candidate.isPreRelease()
                || !candidate.base().equals(wanted.base());
    }

    /** A post-release or a local version of the version itself is not after it. */
    private static boolean isAfter(PythonVersion candidate, PythonVersion wanted) {
        if (candidate.compareTo(wanted) <= 0) {
            return false;
        }
        boolean same = candidate.base().equals(wanted.base());
        if (candidate.isPostRelease() && !wanted.isPostRelease() && same) {
            return false;
        }
        return !candidate.isLocal() || !same;
    }

    /** What a compatible release has in common with the version: all numbers but the last. */
    private static PythonVersion compatible(PythonVersion wanted) {
        List<Long> release = wanted.release().subList(0, wanted.release().size() - 1);
        return new PythonVersion(
                wanted.epoch(), release, Optional.empty(), OptionalLong.empty(), OptionalLong.empty(), List.of());
    }

    /** Whether the numbers begin with those of a version. */
    private static boolean startsLike(PythonVersion candidate, PythonVersion wanted) {
        if (candidate.epoch() != wanted.epoch()) {
            return false;
        }
        List<Long> release = wanted.release();
        for (int i = 0; i < release.size(); i++) {
            long there = i < candidate.release().size() ? candidate.release().get(i) : 0;
            if (there != release.get(i)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return operator + text + (prefix ? ".*" : "");
    }
}
