package io.rosbalena.apt.state;

import io.rosbalena.store.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Maintainer scripts whose unknown lines a person has read: what they leave behind stands in the recipes or is made by
 * another class, or does not matter in an image. A script is known by the digest of those lines alone, so that a new
 * version of its package with the same lines stays known.
 */
final class KnownScripts {
    private static final KnownScripts STANDARD = load();
    private static final int DIGITS = 16;
    private static final Pattern TRIPLET = Pattern.compile("[a-z0-9_]+-linux-gnu[a-z0-9]*");

    private final Set<String> known;

    private KnownScripts(Set<String> known) {
        this.known = known;
    }

    static KnownScripts standard() {
        return STANDARD;
    }

    /** Whether these lines of this script are in the table. */
    boolean knows(String packageName, String script, ScriptReading reading) {
        return known.contains(key(packageName, script, reading));
    }

    /** The line of the table for these lines of a script. */
    static String key(String packageName, String script, ScriptReading reading) {
        // The same script is built for every architecture, with other names of directories.
        String lines =
                TRIPLET.matcher(String.join("\n", reading.unknown().values())).replaceAll("TRIPLET");
        return packageName + " " + script + " " + Digest.of(lines).hex().substring(0, DIGITS);
    }

    private static KnownScripts load() {
        try (InputStream in = KnownScripts.class.getResourceAsStream("scripts.txt")) {
            if (in == null) {
                throw new IllegalStateException("scripts.txt is missing from the plugin");
            }
            return new KnownScripts(new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.replaceFirst("\\s+#.*", ""))
                    .collect(Collectors.toUnmodifiableSet()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
