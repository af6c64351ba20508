package io.rosbalena.robot.resolving;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What there is to show.
 *
 * @param lines the answer itself
 * @param notes what a reader of the answer should know and a program that reads it should not get
 */
public record Resolved(List<String> lines, List<String> notes) {
    public Resolved {
        lines = List.copyOf(lines);
        notes = List.copyOf(notes);
    }

    static Resolved of(List<String> lines) {
        return new Resolved(lines, List.of());
    }

    /** The lines with their ends, in UTF-8. */
    public byte[] bytes() {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line).append('\n'));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
