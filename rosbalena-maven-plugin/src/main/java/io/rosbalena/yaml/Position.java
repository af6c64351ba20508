package io.rosbalena.yaml;

import io.rosbalena.finding.Finding;

/**
 * A place in a file, as findings print it.
 *
 * @param file the file as the user would name it
 * @param line from 1; 0 when no line is meant
 * @param column from 1; 0 when no column is meant
 */
public record Position(String file, int line, int column) {
    /** The file as a whole. */
    public static Position of(String file) {
        return new Position(file, 0, 0);
    }

    /** The finding, placed here. */
    public Finding place(Finding finding) {
        return finding.at(file, line, column);
    }
}
