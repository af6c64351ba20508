package io.rosbalena.yaml;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A text, number, truth value or null, kept as it is written. How it is read depends on what the field wants; the
 * accessors follow the core schema of YAML 1.2, so {@code yes} and {@code on} are texts.
 *
 * @param text the content without quotes and escapes
 * @param plain whether it was written without quotes
 * @param position where it begins
 * @param tag see {@link YamlNode#tag}
 */
public record YamlScalar(String text, boolean plain, Position position, String tag) implements YamlNode {
    private static final Pattern NUMBER =
            Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-fA-F]+");
    private static final int LONGEST_QUOTE = 60;

    /** The same place with other text. */
    public YamlScalar withText(String other) {
        return new YamlScalar(other, plain, position, tag);
    }

    /** Whether this is YAML's null: nothing, {@code ~} or {@code null} without quotes. */
    public boolean isNull() {
        return plain
                && (text.isEmpty()
                        || text.equals("~")
                        || text.equals("null")
                        || text.equals("Null")
                        || text.equals("NULL"));
    }

    /** The truth value, if this is one. */
    public Optional<Boolean> truth() {
        if (!plain) {
            return Optional.empty();
        }
        return switch (text) {
            case "true", "True", "TRUE" -> Optional.of(true);
            case "false", "False", "FALSE" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    /** Whether readers of YAML take this for a number. */
    public boolean looksNumeric() {
        return plain && NUMBER.matcher(text).matches();
    }

    @Override
    public String describe() {
        if (isNull()) {
            return "nothing";
        }
        String line = text.strip().replaceAll("\\s+", " ");
        return '"' + (line.length() > LONGEST_QUOTE ? line.substring(0, LONGEST_QUOTE) + "…" : line) + '"';
    }
}
