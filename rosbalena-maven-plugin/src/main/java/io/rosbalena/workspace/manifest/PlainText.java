package io.rosbalena.workspace.manifest;

import java.util.regex.Pattern;

/** A description without its markup: white space folded, {@code <br/>} as a line break. */
final class PlainText {
    private static final Pattern SPACE = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);
    // The look behind keeps a long run of spaces from being tried at each of them.
    private static final Pattern AROUND_BREAK = Pattern.compile("(?<! ) ++(\n++) ++");

    private PlainText() {}

    static String of(XmlElement element) {
        StringBuilder text = new StringBuilder();
        append(element, text);
        int start = 0;
        int end = text.length();
        while (start < end && isSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return AROUND_BREAK.matcher(text.substring(start, end)).replaceAll("$1");
    }

    private static boolean isSpace(char c) {
        return Character.isSpaceChar(c) || Character.isWhitespace(c) || c == '\u0085';
    }

    private static void append(XmlElement element, StringBuilder text) {
        for (XmlNode child : element.children()) {
            if (child instanceof XmlNode.Text part) {
                text.append(SPACE.matcher(part.text()).replaceAll(" "));
            } else if (child instanceof XmlElement inner) {
                if (inner.name().equals("br")) {
                    text.append('\n');
                } else {
                    append(inner, text);
                }
            }
        }
    }
}
