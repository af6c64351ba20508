package io.rosbalena.apt.state;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A file in {@code /usr/share/pam-configs} (pam-auth-update(8)).
 *
 * @param name its file's name
 * @param fields its fields; continuation lines joined by line ends
 */
record PamProfile(String name, Map<String, String> fields) {
    private static final Pattern FIELD = Pattern.compile("(\\S+):(?:\\s+(.*))?", Pattern.DOTALL);

    static PamProfile parse(String name, String text) {
        Map<String, String> fields = new HashMap<>();
        String field = "";
        for (String line : text.lines().toList()) {
            Matcher matcher = FIELD.matcher(line);
            if (matcher.matches()) {
                field = matcher.group(1).replaceFirst("-Final$", "");
                fields.put(
                        field, matcher.group(2) == null ? "" : matcher.group(2).stripTrailing());
            } else if (!field.isEmpty() && !line.isBlank()) {
                fields.merge(field, line.strip(), (before, more) -> before.isEmpty() ? more : before + "\n" + more);
            }
        }
        if (!fields.containsKey("Session-Interactive-Only")) {
            for (String end : List.of("-Type", "", "-Initial")) {
                String value = fields.get("Session" + end);
                if (value != null) {
                    fields.put("Session-noninteractive" + end, value);
                }
            }
        }
        return new PamProfile(name, fields);
    }

    boolean isDefault() {
        return field("Default").equals("yes");
    }

    /** Whether it names a module that no longer exists. */
    boolean isDisabled() {
        return fields.values().stream().anyMatch(value -> value.contains("pam_tally"));
    }

    int priority() {
        return field("Priority").matches("[0-9]{1,9}") ? Integer.parseInt(field("Priority")) : 0;
    }

    Set<String> conflicts() {
        return Stream.of(field("Conflicts").split(",\\s*", -1)).collect(Collectors.toSet());
    }

    /** {@code Primary} or {@code Additional}; empty where it has no rules for a type. */
    String block(String type) {
        return field(capital(type) + "-Type");
    }

    /** Its rules for a type; others where it is the first of its block. */
    List<String> rules(String type, boolean first) {
        String initial = first ? field(capital(type) + "-Initial") : "";
        return (initial.isEmpty() ? field(capital(type)) : initial)
                .lines()
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private String field(String key) {
        return fields.getOrDefault(key, "");
    }

    private static String capital(String type) {
        return type.substring(0, 1).toUpperCase(Locale.ROOT) + type.substring(1);
    }
}
