package io.rosbalena.apt.preference;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.PatternSyntaxException;

/** What the {@code Pin} field of a record says: which versions, or which indexes, it means. */
final class PinMatch {
    private final Function<String, Boolean> version;
    private final Function<PackageFile, Boolean> file;

    private PinMatch(Function<String, Boolean> version, Function<PackageFile, Boolean> file) {
        this.version = version;
        this.file = file;
    }

    /**
     * Reads the field.
     *
     * @return empty if it is none of {@code version}, {@code release} and {@code origin}
     * @throws PatternSyntaxException if it has a malformed regular expression
     */
    static Optional<PinMatch> parse(String pin) {
        String[] parts = pin.strip().split("\\s+", 2);
        String data = parts.length < 2 ? "" : parts[1].strip();
        return switch (parts[0].toLowerCase(Locale.ROOT)) {
            case "version" -> {
                Matched matched = Matched.version(data);
                yield Optional.of(new PinMatch(matched::matches, index -> false));
            }
            case "release" -> Optional.of(new PinMatch(text -> false, release(data)));
            case "origin" -> Optional.of(new PinMatch(text -> false, origin(data)));
            default -> Optional.empty();
        };
    }

    /** Whether it means versions, not indexes. */
    static boolean isOfVersions(String pin) {
        return pin.strip().toLowerCase(Locale.ROOT).matches("version(\\s.*)?");
    }

    boolean matches(PackageFile index) {
        return file.apply(index);
    }

    /** Whether it means a version, which some indexes offer. */
    boolean matches(String text, List<PackageFile> offering) {
        return version.apply(text) || offering.stream().anyMatch(this::matches);
    }

    private static Function<PackageFile, Boolean> origin(String data) {
        boolean quoted = data.length() >= 2 && data.startsWith("\"") && data.endsWith("\"");
        String site = quoted ? data.substring(1, data.length() - 1) : data;
        if (site.isEmpty()) {
            return index -> index.site().isEmpty();
        }
        Expression expression = Expression.of(site);
        return index -> expression.matches(index.site());
    }

    private static Function<PackageFile, Boolean> release(String data) {
        if (data.equals("*")) {
            return index -> true;
        }
        List<Function<PackageFile, Boolean>> all = new ArrayList<>();
        if (!data.contains("=")) {
            if (!data.isEmpty() && Character.isDigit(data.charAt(0))) {
                Matched number = Matched.version(data);
                all.add(index -> number.matches(index.version()));
            } else if (!data.isEmpty()) {
                Expression name = Expression.of(data);
                all.add(index -> has(index.archive(), name) || has(index.codename(), name));
            }
        } else {
            for (String part : data.split(",", -1)) {
                condition(part.strip()).ifPresent(all::add);
            }
        }
        return index -> !all.isEmpty() && all.stream().allMatch(one -> one.apply(index));
    }

    private static Optional<Function<PackageFile, Boolean>> condition(String part) {
        if (part.length() < 3 || part.charAt(1) != '=') {
            return Optional.empty();
        }
        String value = part.substring(2);
        Function<PackageFile, String> field;
        switch (Character.toLowerCase(part.charAt(0))) {
            case 'v' -> {
                Matched number = Matched.version(value);
                return Optional.of(index -> number.matches(index.version()));
            }
            case 'o' -> field = PackageFile::origin;
            case 'a' -> field = PackageFile::archive;
            case 'n' -> field = PackageFile::codename;
            case 'l' -> field = PackageFile::label;
            case 'c' -> field = PackageFile::component;
            case 'b' -> field = PackageFile::architecture;
            default -> {
                return Optional.empty();
            }
        }
        Expression expression = Expression.of(value);
        return Optional.of(index -> has(field.apply(index), expression));
    }

    /** What a Release file does not say is matched by nothing, not even by a star. */
    private static boolean has(String field, Expression expression) {
        return !field.isEmpty() && expression.matches(field);
    }

    /** A version: a text, the beginning of one if it ends with a star, or an expression. */
    private record Matched(String text, boolean prefix, Expression expression) {
        static Matched version(String data) {
            boolean prefix = data.endsWith("*");
            String text = prefix ? data.substring(0, data.length() - 1) : data;
            return new Matched(text, prefix, Expression.of(text));
        }

        boolean matches(String version) {
            if (version.isEmpty()) {
                return false;
            }
            boolean same =
                    prefix ? version.regionMatches(true, 0, text, 0, text.length()) : version.equalsIgnoreCase(text);
            return same || expression.matches(version);
        }
    }
}
