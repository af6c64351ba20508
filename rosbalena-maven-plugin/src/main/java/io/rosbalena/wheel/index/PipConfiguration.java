package io.rosbalena.wheel.index;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The indexes that pip would use on this machine: of its environment, else of its configuration files, which win over
 * each other in the order site, user, {@code PIP_CONFIG_FILE}. Its built-in index is not known here.
 */
public final class PipConfiguration {
    private PipConfiguration() {}

    /**
     * The addresses, {@code index-url} first, then those of {@code extra-index-url}.
     *
     * @param environment of the process
     * @param home folder of the user
     * @param etc folder of the machine's configuration
     */
    public static List<String> indexes(Map<String, String> environment, Path home, Path etc) throws IOException {
        Map<String, String> values = new LinkedHashMap<>();
        Optional<String> named = Optional.ofNullable(environment.get("PIP_CONFIG_FILE"));
        if (!named.equals(Optional.of("/dev/null"))) {
            String configured = environment.getOrDefault("XDG_CONFIG_HOME", "");
            Path config = configured.isEmpty() ? home.resolve(".config") : Path.of(configured);
            read(etc.resolve("pip.conf"), values);
            read(home.resolve(".pip").resolve("pip.conf"), values);
            read(config.resolve("pip").resolve("pip.conf"), values);
            if (named.isPresent()) {
                read(Path.of(named.get()), values);
            }
        }
        List<String> indexes = new ArrayList<>();
        for (String option : List.of("index-url", "extra-index-url")) {
            String variable = "PIP_" + option.replace('-', '_').toUpperCase(Locale.ROOT);
            String text = environment.getOrDefault(variable, values.getOrDefault(option, ""));
            for (String word : text.strip().split("\\s+", -1)) {
                if (!word.isEmpty()) {
                    indexes.add(word);
                }
            }
        }
        return List.copyOf(indexes);
    }

    /** Reads the sections {@code [global]} and, stronger, {@code [install]} of a file in configparser's form. */
    private static void read(Path file, Map<String, String> values) throws IOException {
        if (!Files.isRegularFile(file)) {
            return;
        }
        Map<String, Map<String, String>> sections = new LinkedHashMap<>();
        String section = "";
        String option = "";
        for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
            String text = line.strip();
            if (text.startsWith("#") || text.startsWith(";") || text.isEmpty()) {
                continue;
            }
            Map<String, String> options = sections.computeIfAbsent(section, any -> new LinkedHashMap<>());
            if (text.startsWith("[") && text.endsWith("]")) {
                section = text.substring(1, text.length() - 1);
                option = "";
            } else if (Character.isWhitespace(line.charAt(0)) && !option.isEmpty()) {
                options.merge(option, text, (before, more) -> before + " " + more);
            } else if (!text.split("[=:]", 2)[0].equals(text)) {
                int end = text.split("[=:]", 2)[0].length();
                option = text.substring(0, end).strip().replace('_', '-').toLowerCase(Locale.ROOT);
                options.put(option, text.substring(end + 1).strip());
            }
        }
        for (String name : List.of("global", "install")) {
            values.putAll(sections.getOrDefault(name, Map.of()));
        }
    }
}
