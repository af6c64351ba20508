package io.rosbalena.apt.preference;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What stands for several names: a glob as {@code fnmatch(3)} has it, or an extended regular expression between slashes.
 * Case does not count.
 */
final class Expression {
    /** Names are short; an expression that takes longer was written to take forever. */
    private static final int STEPS = 100_000;

    private final Pattern pattern;
    private final boolean whole;

    private Expression(Pattern pattern, boolean whole) {
        this.pattern = pattern;
        this.whole = whole;
    }

    /**
     * Reads an expression.
     *
     * @throws PatternSyntaxException if it is a malformed regular expression
     */
    static Expression of(String text) {
        if (isRegex(text)) {
            String regex = text.substring(1, text.length() - 1).replaceAll("\\[:(\\w)(\\w+):\\]", "\\\\p{$1$2}");
            return new Expression(insensitive(posix(regex)), false);
        }
        return new Expression(insensitive(glob(text)), true);
    }

    /** Whether a text stands between slashes. */
    static boolean isRegex(String text) {
        return text.length() > 1 && text.startsWith("/") && text.endsWith("/");
    }

    boolean matches(String text) {
        try {
            var matcher = pattern.matcher(new Bounded(text, new AtomicInteger(STEPS)));
            return whole ? matcher.matches() : matcher.find();
        } catch (TooLong e) {
            return false;
        }
    }

    private static Pattern insensitive(String regex) {
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }

    /** Classes of characters have other names in Java. */
    private static String posix(String regex) {
        StringBuilder text = new StringBuilder(regex);
        for (int at = text.indexOf("\\p{"); at >= 0; at = text.indexOf("\\p{", at + 1)) {
            text.setCharAt(at + 3, Character.toUpperCase(text.charAt(at + 3)));
        }
        return text.toString().replace("\\p{Xdigit}", "\\p{XDigit}");
    }

    private static String glob(String text) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int close = c == '[' ? close(text, i) : -1;
            if (c == '*') {
                regex.append(".*");
            } else if (c == '?') {
                regex.append('.');
            } else if (close > 0) {
                regex.append(set(text.substring(i + 1, close)));
                i = close;
            } else {
                boolean escaped = c == '\\' && i + 1 < text.length();
                regex.append(Pattern.quote(String.valueOf(escaped ? text.charAt(++i) : c)));
            }
        }
        return regex.toString();
    }

    /** Where a set ends; a bracket that comes first in it is a member. */
    private static int close(String text, int open) {
        int first = open + 1;
        if (first < text.length() && (text.charAt(first) == '!' || text.charAt(first) == '^')) {
            first++;
        }
        return text.indexOf(']', first + 1);
    }

    private static String set(String members) {
        boolean negated = members.startsWith("!") || members.startsWith("^");
        String bare = negated ? members.substring(1) : members;
        return (negated ? "[^" : "[") + bare.replaceAll("([\\\\\\[\\]&^])", "\\\\$1") + "]";
    }

    private static final class TooLong extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** A text that may be looked at only so often. */
    private record Bounded(String text, AtomicInteger left) implements CharSequence {
        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (left.decrementAndGet() < 0) {
                throw new TooLong();
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Bounded(text.substring(start, end), left);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
