package io.rosbalena.symbols;

import java.util.Optional;

/**
 * A file that a process had in its memory when it died.
 *
 * @param path as the process saw it
 * @param id its build id, if the core holds the file's first page and that has one
 */
public record MappedFile(String path, Optional<BuildId> id) {}
