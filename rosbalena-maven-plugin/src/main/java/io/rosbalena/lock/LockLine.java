package io.rosbalena.lock;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One line of a lock: a key and what stands behind it.
 *
 * @param key the key; empty for an item of a list
 * @param rest the text behind {@code ": "}; empty when lines below hold the value
 */
record LockLine(String key, String rest) {

    static LockLine parse(String line, int indent) {
        int start = 0;
        while (start < line.length() && line.charAt(start) == ' ') {
            start++;
        }
        if (start != indent) {
            throw new IllegalArgumentException("wrong indentation");
        }
        Scanner scanner = new Scanner(line, indent);
        String key = scanner.scalar();
        scanner.expect(':');
        if (scanner.atEnd()) {
            return new LockLine(key, "");
        }
        scanner.expect(' ');
        return new LockLine(key, scanner.remainder());
    }

    static LockLine item(String text) {
        return new LockLine("", text);
    }

    /** The value as one text. */
    String text() {
        Scanner scanner = new Scanner(rest, 0);
        String text = scanner.scalar();
        scanner.end();
        return text;
    }

    /** The value as a list in brackets. */
    List<String> sequence() {
        return items(rest);
    }

    /** The value as a mapping in braces; a list inside it stays text. */
    Map<String, String> mapping() {
        Scanner scanner = new Scanner(rest, 0);
        Map<String, String> map = new LinkedHashMap<>();
        scanner.expect('{');
        while (true) {
            String name = scanner.scalar();
            scanner.expect(':');
            scanner.expect(' ');
            if (map.put(name, scanner.peek() == '[' ? scanner.bracketed() : scanner.scalar()) != null) {
                throw new IllegalArgumentException("\"" + name + "\" stands here twice");
            }
            if (scanner.peek() == '}') {
                break;
            }
            scanner.expect(',');
            scanner.expect(' ');
        }
        scanner.expect('}');
        scanner.end();
        return map;
    }

    static List<String> items(String text) {
        Scanner scanner = new Scanner(text, 0);
        List<String> items = new ArrayList<>();
        scanner.expect('[');
        while (scanner.peek() != ']') {
            if (!items.isEmpty()) {
                scanner.expect(',');
                scanner.expect(' ');
            }
            items.add(scanner.scalar());
        }
        scanner.expect(']');
        scanner.end();
        return items;
    }

    /** Walks over one line. */
    private static final class Scanner {
        private final String line;
        private int at;

        Scanner(String line, int at) {
            this.line = line;
            this.at = at;
        }

        boolean atEnd() {
            return at >= line.length();
        }

        char peek() {
            if (atEnd()) {
                throw new IllegalArgumentException("the line ends too early");
            }
            return line.charAt(at);
        }

        void expect(char c) {
            if (atEnd() || line.charAt(at) != c) {
                throw new IllegalArgumentException("'" + c + "' is expected at column " + (at + 1));
            }
            at++;
        }

        void end() {
            if (!atEnd()) {
                throw new IllegalArgumentException("nothing more is expected at column " + (at + 1));
            }
        }

        String remainder() {
            String text = line.substring(at);
            at = line.length();
            return text;
        }

        String bracketed() {
            int start = at;
            int close = line.indexOf(']', at);
            if (close < 0) {
                throw new IllegalArgumentException("']' is missing");
            }
            at = close + 1;
            return line.substring(start, at);
        }

        String scalar() {
            return peek() == '"' ? quoted() : plain();
        }

        private String plain() {
            int start = at;
            while (at < line.length()) {
                char c = line.charAt(at);
                boolean colon = c == ':' && (at + 1 == line.length() || line.charAt(at + 1) == ' ');
                if (colon || c == ',' || c == '}' || c == ']') {
                    break;
                }
                at++;
            }
            if (at == start) {
                throw new IllegalArgumentException("a value is expected at column " + (at + 1));
            }
            return line.substring(start, at);
        }

        private String quoted() {
            StringBuilder text = new StringBuilder();
            at++;
            while (peek() != '"') {
                char c = line.charAt(at++);
                if (c == '\\') {
                    char escaped = peek();
                    at++;
                    text.append(escaped == 'n' ? '\n' : escaped);
                } else {
                    text.append(c);
                }
            }
            at++;
            return text.toString();
        }
    }
}
