package io.rosbalena.sbom;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Locale;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A package URL (ECMA-427): the name by which scanners know a package of any kind.
 *
 * @param type for example {@code deb}
 * @param namespace for example {@code debian}; empty for types without one
 * @param name the package
 * @param version its version
 * @param qualifiers what else tells it from others; those without a value are left out
 */
public record PackageUrl(
        String type, String namespace, String name, String version, SortedMap<String, String> qualifiers) {
    private static final String UNRESERVED = ".-_~:";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9.-]*");

    public PackageUrl {
        if (!TYPE.matcher(type).matches() || name.isEmpty()) {
            throw new IllegalArgumentException(
                    "no package URL has the type \"" + type + "\", the name \"" + name + "\"");
        }
        SortedMap<String, String> some = new TreeMap<>(qualifiers);
        some.values().removeIf(String::isEmpty);
        qualifiers = Collections.unmodifiableSortedMap(some);
    }

    /** A package of a type that has neither namespace nor qualifiers. */
    public static PackageUrl of(String type, String name, String version) {
        return new PackageUrl(type, "", name, version, new TreeMap<>());
    }

    /**
     * A Debian package, by the definition of the type {@code deb}.
     *
     * @param vendor {@code ID} of the system that it is installed in
     * @param distro release of that system
     * @param upstream its source package where that has another name or version, see {@link #upstream}
     */
    public static PackageUrl deb(
            String vendor, String name, String version, String architecture, String distro, String upstream) {
        SortedMap<String, String> qualifiers = new TreeMap<>();
        qualifiers.put("arch", architecture);
        qualifiers.put("distro", distro);
        qualifiers.put("upstream", upstream);
        return new PackageUrl(
                "deb", vendor.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT), version, qualifiers);
    }

    /**
     * The qualifier {@code upstream}. No specification defines it; syft writes it and scanners search it for
     * vulnerabilities, which Debian and Ubuntu list by source package.
     *
     * @param source a package's field {@code Source}: a name, and a version in parentheses if it is another one
     */
    public static String upstream(String source) {
        int parenthesis = source.indexOf('(');
        if (parenthesis < 0) {
            return source.strip();
        }
        return source.substring(0, parenthesis).strip() + "@"
                + source.substring(parenthesis + 1).replace(")", "").strip();
    }

    /** The canonical form. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("pkg:").append(type).append('/');
        if (!namespace.isEmpty()) {
            StringJoiner segments = new StringJoiner("/", "", "/");
            for (String segment : namespace.split("/", -1)) {
                segments.add(encoded(segment));
            }
            text.append(segments);
        }
        text.append(encoded(name));
        if (!version.isEmpty()) {
            text.append('@').append(encoded(version));
        }
        if (!qualifiers.isEmpty()) {
            StringJoiner pairs = new StringJoiner("&", "?", "");
            qualifiers.forEach((key, value) -> pairs.add(key + "=" + encoded(value)));
            text.append(pairs);
        }
        return text.toString();
    }

    private static String encoded(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
            char character = (char) (one & 0xff);
            boolean letter = character >= 'a' && character <= 'z' || character >= 'A' && character <= 'Z';
            if (letter || character >= '0' && character <= '9' || UNRESERVED.indexOf(character) >= 0) {
                encoded.append(character);
            } else {
                encoded.append('%').append(HEX.toHexDigits(one));
            }
        }
        return encoded.toString();
    }
}
