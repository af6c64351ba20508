package io.rosbalena.compose;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Writes values as YAML that reads the same under YAML 1.1 and 1.2: block mappings, sequences of scalars in block form,
 * texts without quotes only where no reader can take them for something else.
 */
final class YamlWriter {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z/_][A-Za-z0-9_/.@:=+-]*");
    private static final Set<String> WORDS = Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null");

    private final StringBuilder text = new StringBuilder();

    /** Writes {@code key: value} at a depth of indentation. */
    YamlWriter member(int depth, String key, FieldValue value) {
        text.append("  ".repeat(depth)).append(scalar(key)).append(':');
        if (value instanceof FieldValue.Mapping mapping && !mapping.members().isEmpty()) {
            text.append('\n');
            mapping.members().forEach((name, member) -> member(depth + 1, name, member));
        } else if (value instanceof FieldValue.Sequence sequence
                && !sequence.items().isEmpty()) {
            text.append('\n');
            sequence.items().forEach(item -> item(depth + 1, item));
        } else {
            text.append(' ').append(inline(value)).append('\n');
        }
        return this;
    }

    /** Writes {@code key:} at a depth, for members that follow. */
    YamlWriter open(int depth, String key) {
        text.append("  ".repeat(depth)).append(scalar(key)).append(":\n");
        return this;
    }

    private void item(int depth, FieldValue item) {
        text.append("  ".repeat(depth)).append("- ");
        if (item instanceof FieldValue.Mapping mapping && !mapping.members().isEmpty()) {
            boolean first = true;
            for (var member : mapping.members().entrySet()) {
                text.append(first ? "" : "  ".repeat(depth + 1));
                text.append(scalar(member.getKey()))
                        .append(": ")
                        .append(inline(member.getValue()))
                        .append('\n');
                first = false;
            }
        } else {
            text.append(inline(item)).append('\n');
        }
    }

    private static String inline(FieldValue value) {
        if (value instanceof FieldValue.Text scalar) {
            return scalar(scalar.text());
        }
        if (value instanceof FieldValue.Whole whole) {
            return Long.toString(whole.value());
        }
        if (value instanceof FieldValue.Flag flag) {
            return Boolean.toString(flag.value());
        }
        if (value instanceof FieldValue.Sequence sequence && sequence.items().isEmpty()) {
            return "[]";
        }
        if (value instanceof FieldValue.Mapping mapping && mapping.members().isEmpty()) {
            return "{}";
        }
        throw new IllegalArgumentException("nested deeper than a manifest can be: " + value);
    }

    private static String scalar(String value) {
        boolean plain = PLAIN.matcher(value).matches()
                && !value.endsWith(":")
                && !WORDS.contains(value.toLowerCase(Locale.ROOT));
        return plain ? value : quoted(value);
    }

    private static String quoted(String value) {
        StringBuilder quoted = new StringBuilder("\"");
        value.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                case '\r' -> quoted.append("\\r");
                default -> {
                    if (isPrintable(c)) {
                        quoted.appendCodePoint(c);
                    } else {
                        quoted.append(c > 0xffff ? String.format("\\U%08x", c) : String.format("\\u%04x", c));
                    }
                }
            }
        });
        return quoted.append('"').toString();
    }

    /** What YAML 1.1 and 1.2 both take literally, but for line ends and the byte order mark. */
    private static boolean isPrintable(int c) {
        boolean ascii = c >= 0x20 && c < 0x7f;
        boolean beyond = c >= 0xa0 && c <= 0xfffd && !Character.isSurrogate((char) c);
        return ascii || (beyond && c != 0x2028 && c != 0x2029 && c != 0xfeff);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
