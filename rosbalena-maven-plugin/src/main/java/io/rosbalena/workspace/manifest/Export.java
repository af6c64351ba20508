package io.rosbalena.workspace.manifest;

import java.util.Map;
import java.util.Optional;

/**
 * One element inside {@code export}.
 *
 * @param tag its name
 * @param attributes in the order written
 * @param content what it holds, as XML, trimmed
 * @param line from 1
 */
public record Export(String tag, Map<String, String> attributes, String content, int line) {
    /** The text of the condition, unread; REP-149 has it for format 3, catkin_pkg honours it in every format. */
    public Optional<String> condition() {
        return Optional.ofNullable(attributes.get("condition"));
    }
}
