package io.rosbalena.apt;

/** The {@code Multi-Arch} field ({@code deb-control(5)}). */
public enum MultiArch {
    NO,
    SAME,
    FOREIGN,
    ALLOWED;

    /** Reads the field; anything unknown counts as {@link #NO}, as in dpkg. */
    public static MultiArch parse(String value) {
        return switch (value) {
            case "same" -> SAME;
            case "foreign" -> FOREIGN;
            case "allowed" -> ALLOWED;
            default -> NO;
        };
    }
}
