package io.rosbalena.workspace.manifest;

import java.util.Optional;

/**
 * A license of a package.
 *
 * @param name as written, by REP-149 an SPDX identifier
 * @param file where its text stands, relative to the manifest (format 3)
 * @param line from 1
 */
public record License(String name, Optional<String> file, int line) {}
