package io.rosbalena.workspace.source;

import java.util.regex.PatternSyntaxException;

/** Writes a pattern of {@code gitignore(5)} as a regular expression. */
final class GlobTranslation {
    private final String glob;
    private final boolean anchored;
    private final int firstSpecial;
    private final StringBuilder regex = new StringBuilder();
    private int at;

    /** A pattern without its leading and trailing slash; {@code anchored} if it has or had another one. */
    GlobTranslation(String glob, boolean anchored) {
        this.glob = glob;
        this.anchored = anchored;
        this.firstSpecial =
                (int) glob.chars().takeWhile(c -> "*?[\\".indexOf(c) < 0).count();
    }

    /**
     * The expression.
     *
     * @throws PatternSyntaxException for a bracket without end or a backslash at the end, which match nothing
     */
    String regex() {
        while (at < glob.length()) {
            char c = glob.charAt(at);
            switch (c) {
                case '*' -> star();
                case '?' -> append("[^/]", 1);
                case '[' -> bracket();
                case '\\' -> {
                    if (at + 1 == glob.length()) {
                        throw new PatternSyntaxException("backslash at the end", glob, at);
                    }
                    append(quote(glob.charAt(at + 1)), 2);
                }
                default -> append(quote(c), 1);
            }
        }
        return regex.toString();
    }

    private void star() {
        int end = at;
        while (end < glob.length() && glob.charAt(end) == '*') {
            end++;
        }
        // git compares the literal beginning by itself, so that what follows it counts as a beginning: a**/b is any
        // depth.
        boolean startsName = at == firstSpecial || glob.charAt(at - 1) == '/';
        boolean endsName = end == glob.length() || glob.charAt(end) == '/';
        boolean anyDepth = anchored && end - at >= 2 && startsName && endsName;
        if (!anyDepth) {
            append("[^/]*", end - at);
        } else if (end < glob.length()) {
            append("(?:.*/)?", end - at + 1);
        } else {
            append(".*", end - at);
        }
    }

    private void bracket() {
        StringBuilder members = new StringBuilder("[");
        int i = at + 1;
        if (i < glob.length() && (glob.charAt(i) == '!' || glob.charAt(i) == '^')) {
            members.append('^');
            i++;
        }
        int first = i;
        while (i < glob.length() && (glob.charAt(i) != ']' || i == first)) {
            char c = glob.charAt(i);
            if (c == '[' && i + 1 < glob.length() && glob.charAt(i + 1) == ':' && glob.indexOf(":]", i + 2) > 0) {
                int end = glob.indexOf(":]", i + 2);
                members.append(characterClass(glob.substring(i + 2, end)));
                i = end + 2;
            } else if (c == '\\' && i + 1 < glob.length()) {
                members.append(quote(glob.charAt(i + 1)));
                i += 2;
            } else {
                members.append(c == '-' ? "-" : quote(c));
                i++;
            }
        }
        if (i >= glob.length()) {
            throw new PatternSyntaxException("bracket without end", glob, at);
        }
        // A slash is matched by a slash alone.
        append("(?!/)" + members + "]", i + 1 - at);
    }

    private String characterClass(String name) {
        return switch (name) {
            case "alnum" -> "\\p{Alnum}";
            case "alpha" -> "\\p{Alpha}";
            case "blank" -> "\\p{Blank}";
            case "cntrl" -> "\\p{Cntrl}";
            case "digit" -> "\\p{Digit}";
            case "graph" -> "\\p{Graph}";
            case "lower" -> "\\p{Lower}";
            case "print" -> "\\p{Print}";
            case "punct" -> "\\p{Punct}";
            case "space" -> "\\s";
            case "upper" -> "\\p{Upper}";
            case "xdigit" -> "\\p{XDigit}";
            default -> throw new PatternSyntaxException("unknown character class", glob, at);
        };
    }

    private void append(String part, int consumed) {
        regex.append(part);
        at += consumed;
    }

    private static String quote(char c) {
        return Character.isLetterOrDigit(c) || Character.isSurrogate(c) || c == '/' ? String.valueOf(c) : "\\" + c;
    }
}
