package io.rosbalena.workspace.manifest;

import java.util.Optional;

/**
 * A {@code group_depend} or {@code member_of_group} (REP-149).
 *
 * @param name the group
 * @param condition the text of the condition, unread
 * @param line line of the element in its manifest, from 1
 */
public record GroupReference(String name, Optional<String> condition, int line) {}
