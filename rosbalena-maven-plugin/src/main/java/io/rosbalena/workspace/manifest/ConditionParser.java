package io.rosbalena.workspace.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads one condition. The grammar backtracks where an operand is missing and tells the furthest place that it reached,
 * because that is what catkin_pkg (on pyparsing) accepts and reports: {@code and} and {@code or} need no word boundary,
 * and a trailing {@code and} is unread text rather than a missing operand.
 */
final class ConditionParser {
    private static final Pattern OPERATOR = Pattern.compile("==|!=|>=|>|<=|<");
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_-]+");
    private static final Pattern VARIABLE = Pattern.compile("\\$[A-Za-z0-9_]+");
    private static final Pattern QUOTED = Pattern.compile("\"[^\"\n\r]*\"|'[^'\n\r]*'");
    private static final int DEEPEST = 64;

    private final String original;
    private final String text;
    private int position;
    private int depth;

    ConditionParser(String original) {
        this.original = original;
        this.text = expandTabs(original);
    }

    Condition parse() throws ConditionSyntaxException {
        try {
            Condition condition = anyOf();
            skipSpace();
            if (position < text.length()) {
                throw new Mismatch(position, "Expected end of text");
            }
            return condition;
        } catch (Mismatch mismatch) {
            throw new ConditionSyntaxException(
                    "condition '" + original + "' failed to parse: " + mismatch.getMessage() + found(mismatch.at));
        }
    }

    private Condition anyOf() throws Mismatch {
        return chain("or", this::allOf, Condition.Or::new);
    }

    private Condition allOf() throws Mismatch {
        return chain("and", this::operand, Condition.And::new);
    }

    private Condition chain(String keyword, Rule operand, Function<List<Condition>, Condition> join) throws Mismatch {
        List<Condition> operands = new ArrayList<>();
        operands.add(operand.read());
        while (true) {
            int before = position;
            skipSpace();
            if (!text.startsWith(keyword, position)) {
                position = before;
                break;
            }
            position += keyword.length();
            try {
                operands.add(operand.read());
            } catch (Mismatch mismatch) {
                if (mismatch.fatal) {
                    throw mismatch;
                }
                position = before;
                break;
            }
        }
        return operands.size() == 1 ? operands.get(0) : join.apply(operands);
    }

    private Condition operand() throws Mismatch {
        skipSpace();
        int start = position;
        try {
            return comparison();
        } catch (Mismatch mismatch) {
            position = start;
            if (!text.startsWith("(", position)) {
                throw mismatch;
            }
        }
        if (++depth > DEEPEST) {
            throw new Mismatch(position, "more than " + DEEPEST + " parentheses inside each other", true);
        }
        try {
            position++;
            Condition inner = anyOf();
            skipSpace();
            if (!text.startsWith(")", position)) {
                throw new Mismatch(position);
            }
            position++;
            return inner;
        } finally {
            depth--;
        }
    }

    private Condition comparison() throws Mismatch {
        Condition.Term left = term();
        skipSpace();
        String operator = take(OPERATOR);
        if (operator.isEmpty()) {
            throw new Mismatch(position);
        }
        return new Condition.Comparison(left, operator, term());
    }

    private Condition.Term term() throws Mismatch {
        skipSpace();
        String variable = take(VARIABLE);
        if (!variable.isEmpty()) {
            return new Condition.Term(true, variable.substring(1));
        }
        String word = take(WORD);
        if (!word.isEmpty()) {
            return new Condition.Term(false, word);
        }
        String quoted = take(QUOTED);
        if (!quoted.isEmpty()) {
            return new Condition.Term(false, unescape(quoted.substring(1, quoted.length() - 1)));
        }
        throw new Mismatch(text.startsWith("$", position) ? position + 1 : position);
    }

    private String take(Pattern pattern) {
        Matcher matcher = pattern.matcher(text).region(position, text.length());
        if (!matcher.lookingAt()) {
            return "";
        }
        position = matcher.end();
        return matcher.group();
    }

    private void skipSpace() {
        while (position < text.length() && " \n\t\r".indexOf(text.charAt(position)) >= 0) {
            position++;
        }
    }

    private static String unescape(String quoted) {
        return quoted.replace("\\t", "\t")
                .replace("\\n", "\n")
                .replace("\\f", "\f")
                .replace("\\r", "\r");
    }

    /** The parser that catkin_pkg uses expands tabs to columns of eight before it reads, inside quotes too. */
    private static String expandTabs(String text) {
        if (text.indexOf('\t') < 0) {
            return text;
        }
        StringBuilder expanded = new StringBuilder();
        int column = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\t') {
                int width = 8 - column % 8;
                expanded.append(" ".repeat(width));
                column += width;
            } else {
                expanded.append(c);
                column = c == '\n' || c == '\r' ? 0 : column + 1;
            }
        }
        return expanded.toString();
    }

    private String found(int at) {
        String what = text.isEmpty() ? "" : ", found " + (at >= text.length() ? "end of text" : quote(wordAt(at)));
        int line = (int) text.substring(0, at).chars().filter(c -> c == '\n').count() + 1;
        int column = at - text.lastIndexOf('\n', at - 1);
        int character = text.codePointCount(0, at);
        return what + "  (at char " + character + "), (line:" + line + ", col:" + column + ")";
    }

    private String wordAt(int at) {
        int end = at;
        int letters = 0;
        while (end < text.length() && letters < 16 && isWord(text.codePointAt(end))) {
            end = text.offsetByCodePoints(end, 1);
            letters++;
        }
        return text.substring(at, end > at ? end : text.offsetByCodePoints(at, 1));
    }

    private static boolean isWord(int c) {
        return c < 0x530 && Character.isLetterOrDigit(c);
    }

    private static String quote(String word) {
        int c = word.codePointAt(0);
        String shown = word;
        if (c == '\n' || c == '\r') {
            shown = c == '\n' ? "\\n" : "\\r";
        } else if (c < ' ' || c >= 0x7f && c <= 0xa0) {
            shown = String.format("\\x%02x", c);
        }
        return shown.contains("'") ? "\"" + shown + "\"" : "'" + shown + "'";
    }

    private interface Rule {
        Condition read() throws Mismatch;
    }

    /** A rule that does not apply at a place; another may. Carries no stack, since it is part of the normal course. */
    private static final class Mismatch extends Exception {
        private static final long serialVersionUID = 1L;
        private final int at;
        private final boolean fatal;

        Mismatch(int at) {
            this(at, "Expected 'or' term");
        }

        Mismatch(int at, String message) {
            this(at, message, false);
        }

        Mismatch(int at, String message, boolean fatal) {
            super(message, null, false, false);
            this.at = at;
            this.fatal = fatal;
        }
    }
}
