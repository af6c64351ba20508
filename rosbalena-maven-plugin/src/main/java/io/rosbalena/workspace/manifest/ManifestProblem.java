package io.rosbalena.workspace.manifest;

/**
 * One thing that is wrong in a manifest.
 *
 * @param message what, in one sentence
 * @param fix what to do about it
 * @param line from 1
 * @param column from 1; 0 when the whole line is meant
 */
public record ManifestProblem(String message, String fix, int line, int column) {
    static ManifestProblem at(XmlElement element, String message, String fix) {
        return new ManifestProblem(message, fix, element.line(), element.column());
    }
}
