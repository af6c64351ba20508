package io.rosbalena.apt;

import java.util.List;
import java.util.Optional;

/**
 * One paragraph of a control file (Debian policy 5.1). Field names are looked up without regard to case.
 *
 * @param fields in the order of the file, each name once
 */
public record Stanza(List<Field> fields) {

    /**
     * One field.
     *
     * @param name as written
     * @param raw everything after the colon as written, continuation lines joined by LF with their first blank
     * @param line line of the field's name, from 1
     */
    public record Field(String name, String raw, int line) {
        /** The value without white space at both ends. */
        public String value() {
            return raw.strip();
        }
    }

    public Stanza {
        fields = List.copyOf(fields);
    }

    /** The field of this name. */
    public Optional<Field> field(String name) {
        for (Field field : fields) {
            if (field.name().equalsIgnoreCase(name)) {
                return Optional.of(field);
            }
        }
        return Optional.empty();
    }

    /** The value of a field, stripped. */
    public Optional<String> get(String name) {
        return field(name).map(Field::value);
    }

    /** The words of a field, separated by white space; none if the field is missing. */
    public List<String> words(String name) {
        return get(name)
                .filter(value -> !value.isEmpty())
                .map(value -> List.of(value.split("\\s+", -1)))
                .orElse(List.of());
    }

    /** The line of the first field, from 1; 0 for a stanza without fields. */
    public int line() {
        return fields.isEmpty() ? 0 : fields.get(0).line();
    }
}
