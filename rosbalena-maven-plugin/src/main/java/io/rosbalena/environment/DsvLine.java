package io.rosbalena.environment;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One line of a {@code .dsv} file: {@code type;argument;…}.
 *
 * @param number line number, from 1
 * @param type what it does
 * @param name the variable; for {@link Type#SOURCE} the path
 * @param values what follows the name
 */
record DsvLine(int number, Type type, String name, List<String> values) {
    /** The kinds that colcon-core and ament_package know. */
    enum Type {
        SET("set"),
        SET_IF_UNSET("set-if-unset"),
        PREPEND("prepend-non-duplicate"),
        PREPEND_IF_EXISTS("prepend-non-duplicate-if-exists"),
        APPEND("append-non-duplicate"),
        SOURCE("source");

        private final String word;

        Type(String word) {
            this.word = word;
        }

        private static Optional<Type> find(String word) {
            return Arrays.stream(values())
                    .filter(type -> type.word.equals(word))
                    .findFirst();
        }
    }

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    DsvLine {
        values = List.copyOf(values);
    }

    /**
     * Reads a line that is neither blank nor a comment.
     *
     * @throws IllegalArgumentException with half a sentence that tells what is wrong
     */
    static DsvLine parse(int number, String line) {
        int semicolon = line.indexOf(';');
        if (semicolon < 0) {
            throw new IllegalArgumentException("has no semicolon between the type and its arguments: " + line);
        }
        String word = line.substring(0, semicolon);
        String rest = line.substring(semicolon + 1);
        Type type = Type.find(word)
                .orElseThrow(() -> new IllegalArgumentException("has the unknown type \"" + word + "\""));
        if (type == Type.SOURCE) {
            return new DsvLine(number, type, rest, List.of());
        }
        boolean single = type == Type.SET || type == Type.SET_IF_UNSET;
        List<String> parts = Arrays.asList(single ? rest.split(";", 2) : rest.split(";", -1));
        if (!NAME.matcher(parts.get(0)).matches()) {
            throw new IllegalArgumentException("has no name of an environment variable after \"" + word + ";\"");
        }
        if (single && parts.size() < 2) {
            throw new IllegalArgumentException("has no semicolon between the variable and its value: " + line);
        }
        return new DsvLine(number, type, parts.get(0), parts.subList(1, parts.size()));
    }
}
