package io.rosbalena.balena.standin;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;

/**
 * A field of a resource.
 *
 * @param target the resource that a reference leads to; empty for other kinds
 * @param longest length of a text in characters; 0 without limit
 */
record Field(String name, Kind kind, String target, boolean required, int longest) {
    enum Kind {
        TEXT,
        NUMBER,
        /** A number that travels as a string. */
        BIG,
        FLAG,
        DATE,
        JSON,
        REFERENCE,
        /** Computed by the server: readable, never writable. */
        COMPUTED
    }

    /** The value as it is stored. */
    Object checked(Object value) throws Refusal {
        if (value == null) {
            if (required) {
                throw new Refusal(400, "\"" + name + "\" cannot be null");
            }
            return null;
        }
        boolean right = switch (kind) {
            case TEXT -> value instanceof String;
            case NUMBER, REFERENCE -> value instanceof Long;
            case BIG -> value instanceof Long || value instanceof String text && text.matches("-?[0-9]{1,18}");
            case FLAG -> value instanceof Boolean;
            case DATE -> value instanceof String text && isTime(text);
            case JSON -> value instanceof Map || value instanceof List;
            case COMPUTED -> false;
        };
        if (!right) {
            throw new Refusal(400, "\"" + name + "\" is not a valid " + kind + ": " + value);
        }
        if (longest > 0 && length(value) > longest) {
            throw new Refusal(
                    400,
                    "It is necessary that each " + name.replace('_', ' ')
                            + " has a Length (Type) that is less than or equal to " + longest + ".");
        }
        return kind == Kind.BIG ? value.toString() : value;
    }

    private static int length(Object value) {
        return value instanceof String text
                ? text.length()
                : new String(io.rosbalena.json.Json.compact(value), java.nio.charset.StandardCharsets.UTF_8).length();
    }

    private static boolean isTime(String text) {
        try {
            Instant.parse(text);
            return true;
        } catch (DateTimeParseException e) {
            return false;
        }
    }
}
