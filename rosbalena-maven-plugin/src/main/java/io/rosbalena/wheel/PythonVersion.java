package io.rosbalena.wheel;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of a Python project (PEP 440). Two spellings of one version, such as {@code 1.0} and {@code 1.0.0}, are equal.
 * Numbers have at most eighteen digits.
 */
public final class PythonVersion implements Comparable<PythonVersion> {
    private static final String NUMBER = "[0-9]{1,18}";
    private static final Pattern FORM = Pattern.compile("v?(?:(" + NUMBER + ")!)?(" + NUMBER + "(?:\\." + NUMBER + ")*)"
            + "(?:[-_.]?(alpha|beta|preview|pre|a|b|c|rc)[-_.]?(" + NUMBER + ")?)?"
            + "(?:-(" + NUMBER + ")|[-_.]?(post|rev|r)[-_.]?(" + NUMBER + ")?)?"
            + "(?:[-_.]?(dev)[-_.]?(" + NUMBER + ")?)?"
            + "(?:\\+([a-z0-9]+(?:[-_.][a-z0-9]+)*))?");
    private static final int LONGEST = 256;

    private final long epoch;
    private final List<Long> release;
    private final Optional<Pre> pre;
    private final OptionalLong post;
    private final OptionalLong dev;
    private final List<String> local;

    /**
     * Which pre-release.
     *
     * @param phase {@code a}, {@code b} or {@code rc}
     */
    record Pre(String phase, long number) implements Comparable<Pre> {
        @Override
        public int compareTo(Pre other) {
            int phases = phase.compareTo(other.phase);
            return phases != 0 ? phases : Long.compare(number, other.number);
        }
    }

    PythonVersion(
            long epoch,
            List<Long> release,
            Optional<Pre> pre,
            OptionalLong post,
            OptionalLong dev,
            List<String> local) {
        this.epoch = epoch;
        this.release = List.copyOf(release);
        this.pre = pre;
        this.post = post;
        this.dev = dev;
        this.local = List.copyOf(local);
    }

    /** The version that a text spells, with or without the freedoms of PEP 440's appendix; empty if it is none. */
    public static Optional<PythonVersion> parse(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        Matcher matcher = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        List<Long> release = new ArrayList<>();
        for (String number : matcher.group(2).split("\\.", -1)) {
            release.add(Long.parseLong(number));
        }
        Optional<Pre> pre = Optional.ofNullable(matcher.group(3))
                .map(phase -> new Pre(phase(phase), number(Optional.ofNullable(matcher.group(4)))));
        OptionalLong post = matcher.group(5) != null
                ? OptionalLong.of(Long.parseLong(matcher.group(5)))
                : optional(matcher.group(6) != null, Optional.ofNullable(matcher.group(7)));
        OptionalLong dev = optional(matcher.group(8) != null, Optional.ofNullable(matcher.group(9)));
        List<String> local = Optional.ofNullable(matcher.group(10))
                .map(label -> List.of(label.split("[-_.]", -1)))
                .orElse(List.of());
        long epoch = number(Optional.ofNullable(matcher.group(1)));
        return Optional.of(new PythonVersion(epoch, release, pre, post, dev, local));
    }

    private static OptionalLong optional(boolean there, Optional<String> number) {
        return there ? OptionalLong.of(number(number)) : OptionalLong.empty();
    }

    private static long number(Optional<String> digits) {
        return digits.map(Long::parseLong).orElse(0L);
    }

    private static String phase(String spelling) {
        return switch (spelling) {
            case "a", "alpha" -> "a";
            case "b", "beta" -> "b";
            default -> "rc";
        };
    }

    long epoch() {
        return epoch;
    }

    /** The numbers between the dots, at least one. */
    List<Long> release() {
        return release;
    }

    boolean isPostRelease() {
        return post.isPresent();
    }

    /** Whether it is a pre-release or a development release, which nobody gets without asking for it. */
    public boolean isPreRelease() {
        return pre.isPresent() || dev.isPresent();
    }

    /** Whether somebody made it from a public version, see {@link #withoutLocal}. */
    public boolean isLocal() {
        return !local.isEmpty();
    }

    /** The public version. */
    PythonVersion withoutLocal() {
        return new PythonVersion(epoch, release, pre, post, dev, List.of());
    }

    /** Epoch and release alone. */
    PythonVersion base() {
        return new PythonVersion(
                epoch, release, Optional.empty(), OptionalLong.empty(), OptionalLong.empty(), List.of());
    }

    @Override
    public int compareTo(PythonVersion other) {
        int order = Long.compare(epoch, other.epoch);
        order = order != 0 ? order : compareReleases(release, other.release);
        order = order != 0 ? order : comparePre(other);
        order = order != 0 ? order : Long.compare(post.orElse(-1), other.post.orElse(-1));
        // A development release comes before what it develops.
        order = order != 0 ? order : Long.compare(dev.orElse(Long.MAX_VALUE), other.dev.orElse(Long.MAX_VALUE));
        return order != 0 ? order : compareLocals(local, other.local);
    }

    private static int compareReleases(List<Long> one, List<Long> other) {
        for (int i = 0; i < Math.max(one.size(), other.size()); i++) {
            long left = i < one.size() ? one.get(i) : 0;
            long right = i < other.size() ? other.get(i) : 0;
            if (left != right) {
                return Long.compare(left, right);
            }
        }
        return 0;
    }

    private int comparePre(PythonVersion other) {
        int ranks = Integer.compare(preRank(), other.preRank());
        if (ranks != 0 || pre.isEmpty() || other.pre.isEmpty()) {
            return ranks;
        }
        return pre.get().compareTo(other.pre.get());
    }

    /** A development release of the release itself comes before its pre-releases, the release after them. */
    private int preRank() {
        if (pre.isPresent()) {
            return 1;
        }
        return post.isEmpty() && dev.isPresent() ? 0 : 2;
    }

    private static int compareLocals(List<String> one, List<String> other) {
        for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
            int order = compareLabels(one.get(i), other.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(one.size(), other.size());
    }

    private static int compareLabels(String one, String other) {
        boolean number = isNumber(one);
        if (number != isNumber(other)) {
            return number ? 1 : -1;
        }
        if (!number) {
            return one.compareTo(other);
        }
        String left = one.replaceFirst("^0+(?=.)", "");
        String right = other.replaceFirst("^0+(?=.)", "");
        return left.length() != right.length() ? Integer.compare(left.length(), right.length()) : left.compareTo(right);
    }

    private static boolean isNumber(String label) {
        return label.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PythonVersion version && compareTo(version) == 0;
    }

    @Override
    public int hashCode() {
        int end = release.size();
        while (end > 0 && release.get(end - 1) == 0) {
            end--;
        }
        List<String> labels =
                local.stream().map(label -> label.replaceFirst("^0+(?=.)", "")).toList();
        return Objects.hash(epoch, release.subList(0, end), pre, post, dev, labels);
    }

    /** The normalised spelling. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        if (epoch != 0) {
            text.append(epoch).append('!');
        }
        for (int i = 0; i < release.size(); i++) {
            text.append(i == 0 ? "" : ".").append(release.get(i));
        }
        pre.ifPresent(one -> text.append(one.phase()).append(one.number()));
        post.ifPresent(number -> text.append(".post").append(number));
        dev.ifPresent(number -> text.append(".dev").append(number));
        for (int i = 0; i < local.size(); i++) {
            String label = local.get(i);
            text.append(i == 0 ? '+' : '.').append(isNumber(label) ? label.replaceFirst("^0+(?=.)", "") : label);
        }
        return text.toString();
    }
}
