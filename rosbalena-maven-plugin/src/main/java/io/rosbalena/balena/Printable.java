package io.rosbalena.balena;

/** Text of servers and devices in a form that cannot move the cursor of who reads it. */
public final class Printable {
    private Printable() {}

    /** The text in one line, control characters escaped. */
    public static String line(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c == '\t' || !Character.isISOControl(c)) {
                safe.appendCodePoint(c);
            } else {
                safe.append(String.format("\\x%02x", c));
            }
        });
        return safe.toString();
    }
}
