package io.rosbalena.balena.standin;

/** The characters of an OData query, read from the front. */
final class Words {
    private final String text;
    private int at;

    Words(String text) {
        this.text = text;
    }

    boolean atEnd() {
        return at == text.length();
    }

    char peek() {
        return atEnd() ? '\0' : text.charAt(at);
    }

    boolean skip(String expected) {
        if (text.startsWith(expected, at)) {
            at += expected.length();
            return true;
        }
        return false;
    }

    void expect(String expected) throws Refusal {
        if (!skip(expected)) {
            throw wrong();
        }
    }

    /** Takes a keyword that stands between blanks. */
    boolean skipBetweenBlanks(String word) {
        return skip(" " + word + " ");
    }

    String name() throws Refusal {
        int start = at;
        while (!atEnd() && (Character.isLetterOrDigit(peek()) || peek() == '_' || peek() == '$')) {
            at++;
        }
        if (start == at) {
            throw wrong();
        }
        return text.substring(start, at);
    }

    boolean startsLiteral() {
        return peek() == '\''
                || peek() == '-'
                || Character.isDigit(peek())
                || isWord("true")
                || isWord("false")
                || isWord("null");
    }

    private boolean isWord(String word) {
        int end = at + word.length();
        return text.startsWith(word, at)
                && (end == text.length() || !Character.isLetterOrDigit(text.charAt(end)) && text.charAt(end) != '_');
    }

    /** A string in quotes (a quote within is doubled), a whole number, true, false or null. */
    Object literal() throws Refusal {
        if (skip("'")) {
            StringBuilder string = new StringBuilder();
            while (true) {
                if (atEnd()) {
                    throw wrong();
                }
                char next = text.charAt(at++);
                if (next == '\'' && !skip("'")) {
                    return string.toString();
                }
                string.append(next);
            }
        }
        if (isWord("true")) {
            return skip("true");
        }
        if (isWord("false")) {
            return !skip("false");
        }
        if (isWord("null")) {
            expect("null");
            return null;
        }
        int start = at;
        skip("-");
        while (Character.isDigit(peek())) {
            at++;
        }
        try {
            return Long.valueOf(text.substring(start, at));
        } catch (NumberFormatException e) {
            throw wrong();
        }
    }

    Refusal wrong() {
        return new Refusal(400, "Failed to parse url: '" + text + "' at " + at);
    }
}
