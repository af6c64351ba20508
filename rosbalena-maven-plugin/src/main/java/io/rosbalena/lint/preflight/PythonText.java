package io.rosbalena.lint.preflight;

/** The text of a Python file with its lines where they are. */
final class PythonText {
    private PythonText() {}

    /** Blanks stand for comments, and for strings of three quotes, which mostly are comments as well. */
    static String withoutComments(String text) {
        StringBuilder out = new StringBuilder(text);
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '#') {
                int end = end(text, at);
                blank(out, at, end);
                at = end;
            } else if (c == '"' || c == '\'') {
                String triple = String.valueOf(c).repeat(3);
                if (text.startsWith(triple, at)) {
                    int close = text.indexOf(triple, at + 3);
                    int end = close < 0 ? text.length() : close + 3;
                    blank(out, at, end);
                    at = end;
                } else {
                    at = behind(text, at, c);
                }
            } else {
                at++;
            }
        }
        return out.toString();
    }

    private static int end(String text, int at) {
        int end = text.indexOf('\n', at);
        return end < 0 ? text.length() : end;
    }

    /** Behind a string of one line. */
    private static int behind(String text, int opening, char quote) {
        int at = opening + 1;
        while (at < text.length() && text.charAt(at) != quote && text.charAt(at) != '\n') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return Math.min(text.length(), at + 1);
    }

    private static void blank(StringBuilder out, int from, int to) {
        for (int i = from; i < to; i++) {
            if (out.charAt(i) != '\n') {
                out.setCharAt(i, ' ');
            }
        }
    }
}
