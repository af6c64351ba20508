package io.rosbalena.apt;

/** The {@code Priority} field (Debian policy 2.5), the most wanted first. */
public enum Priority {
    REQUIRED,
    IMPORTANT,
    STANDARD,
    OPTIONAL,
    EXTRA;

    /** Reads the field; anything unknown counts as {@link #OPTIONAL}. */
    public static Priority parse(String value) {
        return switch (value) {
            case "required" -> REQUIRED;
            case "important" -> IMPORTANT;
            case "standard" -> STANDARD;
            case "extra" -> EXTRA;
            default -> OPTIONAL;
        };
    }
}
