package io.rosbalena.balena;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What values a variable may have.
 *
 * @param choices the only values; empty where the pattern says it
 * @param name for people
 * @param pattern what all values match
 */
public record ValueType(List<String> choices, String name, Pattern pattern) {
    static final ValueType TEXT = new ValueType(List.of(), "a text of one line", Pattern.compile("[^\\r\\n]*"));
    private static final ValueType INTEGER = of("an integer", "-?[0-9]+");
    private static final ValueType NUMBER = of("a number", "-?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?");
    private static final ValueType BOOLEAN = of("true or false", "true|false");

    /** What the API takes of a variable of a service; other ones may be longer. */
    private static final int LONGEST = 100_000;

    public ValueType {
        choices = List.copyOf(choices);
    }

    private static ValueType of(String name, String pattern) {
        return new ValueType(List.of(), name, Pattern.compile(pattern));
    }

    /** {@code text}, {@code integer}, {@code number} or {@code boolean}. */
    static Optional<ValueType> named(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "text" -> Optional.of(TEXT);
            case "integer" -> Optional.of(INTEGER);
            case "number" -> Optional.of(NUMBER);
            case "boolean" -> Optional.of(BOOLEAN);
            default -> Optional.empty();
        };
    }

    static ValueType oneOf(List<String> choices) {
        return new ValueType(choices, "one of " + String.join(", ", choices), TEXT.pattern());
    }

    /** Whether a variable of this type may have the value. */
    public boolean takes(String value) {
        return pattern.matcher(value).matches()
                && value.length() <= LONGEST
                && (choices.isEmpty() || choices.contains(value));
    }
}
