package io.rosbalena.robot.base;

import io.rosbalena.apt.source.AptSource;
import io.rosbalena.rosdep.TargetOs;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Stanzas that an error offers for the POM. The addresses of public archives are data ({@code archives.txt}); nothing is
 * recognised by them.
 */
final class SourceStanzas {
    private static final Map<String, String> ARCHIVES = load();

    private SourceStanzas() {}

    /** Sources of an operating system and of ROS, each with a keyring that is to be put into the project. */
    static String of(TargetOs os, String architecture) {
        String own = ARCHIVES.getOrDefault(
                os.name() + "/" + architecture, ARCHIVES.getOrDefault(os.name(), ARCHIVES.getOrDefault("other", "")));
        return pom((own + "\n" + ARCHIVES.getOrDefault("ros", "")).replace("CODENAME", os.codename()));
    }

    /** A source as it is, but for its keyring. */
    static String of(AptSource source) {
        String components =
                source.components().isEmpty() ? "" : "Components: " + String.join(" ", source.components()) + "\n";
        return pom("Types: deb\nURIs: "
                + source.uris().stream().map(URI::toString).collect(Collectors.joining(" "))
                + "\nSuites: " + String.join(" ", source.suites()) + "\n" + components
                + "Signed-By: keyrings/new-key.gpg\n");
    }

    private static String pom(String stanzas) {
        return "<aptSources>\n  <aptSource>\n" + stanzas.strip().indent(4) + "  </aptSource>\n</aptSources>";
    }

    private static Map<String, String> load() {
        try (InputStream in = SourceStanzas.class.getResourceAsStream("archives.txt")) {
            if (in == null) {
                throw new IllegalStateException("archives.txt is missing from the plugin");
            }
            List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
            Map<String, String> archives = new LinkedHashMap<>();
            String section = "";
            for (String line : lines) {
                if (line.startsWith("[")) {
                    section = line.substring(1, line.length() - 1);
                } else if (!section.isEmpty()) {
                    archives.merge(section, line + "\n", String::concat);
                }
            }
            return archives;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
