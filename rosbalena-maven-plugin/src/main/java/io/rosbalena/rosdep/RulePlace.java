package io.rosbalena.rosdep;

/**
 * Where a rule stands.
 *
 * @param source name of the database
 * @param line from 1; 0 when unknown
 */
public record RulePlace(String source, int line) {
    @Override
    public String toString() {
        return line > 0 ? source + ":" + line : source;
    }
}
