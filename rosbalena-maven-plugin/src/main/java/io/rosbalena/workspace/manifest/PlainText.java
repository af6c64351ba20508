package io.rosbalena.workspace.manifest;

import java.util.regex.Pattern;

/** A description without its markup: white space folded, {@code <br/>} as a line break. */
final class PlainText {
    private static final Pattern SPACE = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern EDGE = Pattern.compile("^\\s+|\\s+\\z", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern AROUND_BREAK = Pattern.compile(" +(\n+) +");

    private PlainText() {}

    static String of(XmlElement element) {
        StringBuilder text = new StringBuilder();
        append(element, text);
        return AROUND_BREAK.matcher(EDGE.matcher(text).replaceAll("")).replaceAll("$1");
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
