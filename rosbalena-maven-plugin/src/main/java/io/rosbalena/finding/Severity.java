package io.rosbalena.finding;

/** How much a {@link Finding} matters: errors stop a build, warnings do so only under {@code strict}, notes never. */
public enum Severity {
    ERROR,
    WARNING,
    NOTE;

    /** The word printed and written to JSON, for example {@code error}. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
