package io.rosbalena.apt.deb;

import io.rosbalena.apt.Stanza;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The one stanza of a package's {@code control} file, its values as raw as dpkg keeps them: continuation lines with
 * their first blank, blanks at the ends of lines not cut off but for those at the end of the whole value.
 *
 * @param fields in the file's order, names unique without regard to case
 */
public record ControlStanza(List<Field> fields) {
    /** One field. */
    public record Field(String name, String value) {}

    public ControlStanza {
        fields = List.copyOf(fields);
    }

    /**
     * Reads one stanza.
     *
     * @throws IllegalArgumentException if a line is neither a field nor a continuation, a name occurs twice, or there
     *     is a second stanza; the message says which line
     */
    public static ControlStanza parse(String text) {
        List<Field> fields = new ArrayList<>();
        boolean ended = false;
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            if (line.isBlank()) {
                ended = !fields.isEmpty();
                continue;
            }
            if (ended) {
                throw new IllegalArgumentException("line " + number + " begins a second stanza");
            }
            if (line.charAt(0) == ' ' || line.charAt(0) == '\t') {
                if (fields.isEmpty()) {
                    throw new IllegalArgumentException("line " + number + " continues no field");
                }
                Field last = fields.remove(fields.size() - 1);
                fields.add(new Field(last.name(), last.value() + "\n" + line));
                continue;
            }
            int colon = line.indexOf(':');
            if (colon < 1 || line.substring(0, colon).isBlank()) {
                throw new IllegalArgumentException("line " + number + " is no field: \"" + line + "\"");
            }
            String name = line.substring(0, colon).stripTrailing();
            if (fields.stream().anyMatch(field -> field.name().equalsIgnoreCase(name))) {
                throw new IllegalArgumentException("line " + number + " gives " + name + " a second time");
            }
            fields.add(new Field(name, line.substring(colon + 1).stripLeading()));
        }
        return new ControlStanza(fields.stream()
                .map(field -> new Field(field.name(), field.value().stripTrailing()))
                .toList());
    }

    /** The same as one reads it from indexes, without lines. */
    public Stanza stanza() {
        return new Stanza(fields.stream()
                .map(field -> new Stanza.Field(field.name(), field.value(), 0))
                .toList());
    }

    /** The value of a field, by its name without regard to case. */
    public Optional<String> get(String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Field::value)
                .findFirst();
    }
}
