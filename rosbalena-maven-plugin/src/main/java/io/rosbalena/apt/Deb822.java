package io.rosbalena.apt;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads control files of any kind (Debian policy 5.1, {@code deb822(5)}): {@code status}, {@code control}, sources. */
public final class Deb822 {
    private final List<Stanza> stanzas = new ArrayList<>();
    private List<Stanza.Field> fields = new ArrayList<>();
    private Set<String> names = new HashSet<>();
    private String name = "";
    private StringBuilder value = new StringBuilder();
    private int started;

    private Deb822() {}

    /** A line that is neither a field nor a continuation nor a comment. */
    public static final class SyntaxException extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        private final int line;

        SyntaxException(String message, int line) {
            super(message);
            this.line = line;
        }

        /** The offending line, from 1. */
        public int line() {
            return line;
        }
    }

    /**
     * Reads all stanzas. Lines that start with {@code #} are comments; stanzas are separated by blank lines.
     *
     * @throws SyntaxException at the first line that does not fit
     */
    public static List<Stanza> parse(String text) {
        Deb822 reader = new Deb822();
        int number = 0;
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            end = end < 0 ? text.length() : end;
            boolean carriageReturn = end > start && text.charAt(end - 1) == '\r';
            reader.line(text.substring(start, carriageReturn ? end - 1 : end), ++number);
            start = end + 1;
        }
        reader.endStanza();
        return List.copyOf(reader.stanzas);
    }

    private void line(String line, int number) {
        if (line.isBlank()) {
            endStanza();
        } else if (line.charAt(0) == '#') {
            return;
        } else if (line.charAt(0) == ' ' || line.charAt(0) == '\t') {
            if (name.isEmpty()) {
                throw new SyntaxException("a continuation line without a field before it", number);
            }
            value.append('\n').append(line);
        } else {
            endField();
            int colon = line.indexOf(':');
            if (colon <= 0 || line.substring(0, colon).chars().anyMatch(c -> c <= ' ')) {
                throw new SyntaxException("\"" + line + "\" is not of the form «Field: value»", number);
            }
            name = line.substring(0, colon);
            if (!names.add(name.toLowerCase(Locale.ROOT))) {
                throw new SyntaxException("the field " + name + " stands twice in one paragraph", number);
            }
            value.append(line, colon + 1, line.length());
            started = number;
        }
    }

    private void endField() {
        if (!name.isEmpty()) {
            fields.add(new Stanza.Field(name, value.toString(), started));
            name = "";
            value = new StringBuilder();
        }
    }

    private void endStanza() {
        endField();
        if (!fields.isEmpty()) {
            stanzas.add(new Stanza(fields));
            fields = new ArrayList<>();
            names = new HashSet<>();
        }
    }
}
