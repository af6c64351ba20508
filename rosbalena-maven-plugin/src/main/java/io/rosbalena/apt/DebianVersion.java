package io.rosbalena.apt;

/**
 * A version as {@code deb-version(7)} defines it: {@code [epoch:]upstream[-revision]}. The order is dpkg's, so {@code 1.0}
 * and {@code 1.0-0} compare as the same version although they are not {@link #equals equal} texts.
 *
 * @param text the version as written
 */
public record DebianVersion(String text) implements Comparable<DebianVersion> {

    public DebianVersion {
        if (!isValid(text)) {
            throw new IllegalArgumentException("not a Debian version: \"" + text + "\"");
        }
    }

    private static boolean isValid(String text) {
        int start = text.indexOf(':') + 1;
        if (start == text.length() || start > 10) {
            return false;
        }
        for (int i = 0; i < start - 1; i++) {
            if (!digit(text.charAt(i))) {
                return false;
            }
        }
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!digit(c) && !letter(c) && ".+-~:_".indexOf(c) < 0) {
                return false;
            }
        }
        int dash = text.lastIndexOf('-');
        return start != 1 && dash != start && dash != text.length() - 1;
    }

    @Override
    public int compareTo(DebianVersion other) {
        if (text.equals(other.text)) {
            return 0;
        }
        int epochs = Long.compare(epoch(), other.epoch());
        if (epochs != 0) {
            return epochs;
        }
        int start = text.indexOf(':') + 1;
        int otherStart = other.text.indexOf(':') + 1;
        int dash = dash();
        int otherDash = other.dash();
        int upstream = compare(text, start, dash, other.text, otherStart, otherDash);
        return upstream != 0
                ? upstream
                : compare(text, dash + 1, text.length(), other.text, otherDash + 1, other.text.length());
    }

    private long epoch() {
        int colon = text.indexOf(':');
        return colon < 0 ? 0 : Long.parseLong(text.substring(0, colon));
    }

    /** Where the revision's dash stands, or the length; no revision is the same as revision 0. */
    private int dash() {
        int dash = text.lastIndexOf('-');
        return dash < 0 ? text.length() : dash;
    }

    private static int compare(String a, int i, int endA, String b, int j, int endB) {
        while (i < endA || j < endB) {
            while ((i < endA && !digit(a.charAt(i))) || (j < endB && !digit(b.charAt(j)))) {
                int difference = (i < endA ? order(a.charAt(i)) : 0) - (j < endB ? order(b.charAt(j)) : 0);
                if (difference != 0) {
                    return difference;
                }
                i++;
                j++;
            }
            while (i < endA && a.charAt(i) == '0') {
                i++;
            }
            while (j < endB && b.charAt(j) == '0') {
                j++;
            }
            int first = 0;
            while (i < endA && j < endB && digit(a.charAt(i)) && digit(b.charAt(j))) {
                first = first != 0 ? first : a.charAt(i) - b.charAt(j);
                i++;
                j++;
            }
            if (i < endA && digit(a.charAt(i))) {
                return 1;
            }
            if (j < endB && digit(b.charAt(j))) {
                return -1;
            }
            if (first != 0) {
                return first;
            }
        }
        return 0;
    }

    /** Tilde before the end, digits as the end, letters before everything else. */
    private static int order(char c) {
        if (c == '~') {
            return -1;
        }
        if (digit(c)) {
            return 0;
        }
        return letter(c) ? c : c + 256;
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean letter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    @Override
    public String toString() {
        return text;
    }
}
