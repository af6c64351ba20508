package io.rosbalena.robot.exporting;

import io.rosbalena.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Words of Dockerfiles, in the form that both of Docker's builders and balena's take. */
final class Instruction {
    private Instruction() {}

    /** The JSON form of CMD and ENTRYPOINT. */
    static String list(List<String> words) {
        return new String(Json.compact(words), StandardCharsets.UTF_8).strip();
    }

    /** A value of ENV, where {@code $} stands for itself. */
    static String value(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("$", "\\$") + '"';
    }

    /** A word for the shell of RUN. */
    static String word(String text) {
        return text.matches("[A-Za-z0-9_/.:=@%+,-][A-Za-z0-9_/.:=@%+,~-]*")
                ? text
                : '\'' + text.replace("'", "'\\''") + '\'';
    }

    /** Commands of one RUN, each on a line of its own. */
    static String run(List<String> commands) {
        return "RUN " + String.join(" \\\n && ", commands) + "\n";
    }
}
