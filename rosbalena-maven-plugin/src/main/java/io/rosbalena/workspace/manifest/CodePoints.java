package io.rosbalena.workspace.manifest;

/** Order of texts by code points, as Python and UTF-8 order them; {@link String#compareTo} orders by UTF-16 units. */
public final class CodePoints {
    private CodePoints() {}

    /** Negative, zero or positive as {@code left} stands before, at or after {@code right}. */
    public static int compare(String left, String right) {
        int length = Math.min(left.length(), right.length());
        for (int i = 0; i < length; i++) {
            char mine = left.charAt(i);
            char theirs = right.charAt(i);
            if (mine != theirs) {
                boolean mineHigh = Character.isSurrogate(mine);
                boolean theirsHigh = Character.isSurrogate(theirs);
                return mineHigh == theirsHigh ? Character.compare(mine, theirs) : mineHigh ? 1 : -1;
            }
        }
        return Integer.compare(left.length(), right.length());
    }
}
