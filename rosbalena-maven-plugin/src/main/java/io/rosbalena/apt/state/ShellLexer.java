package io.rosbalena.apt.state;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Cuts a POSIX shell script into simple commands (POSIX.1-2017, XCU 2.3 and 2.10): quotes, comments, continued lines,
 * here-documents and substitutions are respected, nothing is evaluated. Keywords come as words.
 */
final class ShellLexer {
    private final String script;
    private final List<ShellCommand> commands = new ArrayList<>();
    private final Deque<String> hereDocuments = new ArrayDeque<>();
    private List<String> words = new ArrayList<>();
    private List<String> written = new ArrayList<>();
    private int at;
    private int line = 1;
    private int begun = 1;

    private ShellLexer(String script) {
        this.script = script.replace("\r\n", "\n");
    }

    static List<ShellCommand> commands(String script) {
        ShellLexer lexer = new ShellLexer(script);
        lexer.run();
        return lexer.commands;
    }

    private void run() {
        while (at < script.length()) {
            char c = script.charAt(at);
            switch (c) {
                case '\n' -> {
                    end("\n");
                    at++;
                    line++;
                    skipHereDocuments();
                }
                case ' ', '\t' -> at++;
                case '#' -> at = lineEnd(at);
                case ';', '&', '|', '(', ')' -> operator(c);
                case '<', '>' -> redirection(c);
                default -> {
                    if (c == '\\' && peek(1) == '\n') {
                        at += 2;
                        line++;
                    } else {
                        word();
                    }
                }
            }
        }
        end("\n");
    }

    private void operator(char c) {
        boolean twice = peek(1) == c && c != '(' && c != ')';
        at += twice ? 2 : 1;
        end(twice ? "" + c + c : String.valueOf(c));
    }

    private void redirection(char c) {
        int length = 1;
        while (at + length < script.length() && "<>&|-".indexOf(script.charAt(at + length)) >= 0) {
            length++;
        }
        String operator = script.substring(at, at + length);
        at += length;
        // A number directly before belongs to the redirection.
        if (!words.isEmpty() && words.get(words.size() - 1).matches("[0-9]") && script.charAt(at - length - 1) != ' ') {
            words.remove(words.size() - 1);
        }
        while (peek(0) == ' ' || peek(0) == '\t') {
            at++;
        }
        int before = words.size();
        word();
        String target = words.size() > before ? words.remove(words.size() - 1) : "";
        if (operator.startsWith("<<") && !operator.equals("<<<")) {
            hereDocuments.add((operator.endsWith("-") ? "-" : " ") + ShellCommand.unquoted(target));
        } else if (c == '>' && !operator.endsWith("&") && !target.equals("/dev/null") && !target.startsWith("&")) {
            written.add(target);
        }
    }

    private void skipHereDocuments() {
        while (!hereDocuments.isEmpty()) {
            String wanted = hereDocuments.remove();
            boolean found = false;
            while (!found && at < script.length()) {
                int end = lineEnd(at);
                String text = script.substring(at, end);
                found = (wanted.charAt(0) == '-' ? text.stripLeading() : text).equals(wanted.substring(1));
                at = Math.min(end + 1, script.length());
                line++;
            }
        }
    }

    private void word() {
        int start = at;
        while (at < script.length()) {
            char c = script.charAt(at);
            if (" \t\n;&|()<>".indexOf(c) >= 0) {
                break;
            }
            step(c);
        }
        if (at > start) {
            if (words.isEmpty()) {
                begun = line;
            }
            words.add(script.substring(start, at).replace("\\\n", ""));
        } else if (at < script.length() && script.charAt(at) != '\n') {
            at++;
        }
    }

    /** Passes over one character, or all of a quotation or substitution that it opens. */
    private void step(char c) {
        switch (c) {
            case '\\' -> {
                count(at + 1);
                at += 2;
            }
            case '\'' -> passTo(script.indexOf('\'', at + 1));
            case '"' -> {
                at++;
                while (at < script.length() && script.charAt(at) != '"') {
                    step(script.charAt(at));
                }
                at++;
            }
            case '`' -> passTo(script.indexOf('`', at + 1));
            case '$' -> {
                if (peek(1) == '(') {
                    parentheses();
                } else if (peek(1) == '{') {
                    passTo(script.indexOf('}', at + 1));
                } else {
                    at++;
                }
            }
            default -> {
                count(at);
                at++;
            }
        }
        at = Math.min(at, script.length());
    }

    private void parentheses() {
        int depth = 0;
        at++;
        do {
            char c = peek(0);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == '\'' || c == '"' || c == '\\') {
                step(c);
            } else {
                count(at);
                at++;
            }
        } while (depth > 0 && at < script.length());
    }

    private void passTo(int end) {
        int last = end < 0 ? script.length() - 1 : end;
        for (int i = at; i <= last; i++) {
            count(i);
        }
        at = last + 1;
    }

    private void count(int index) {
        if (index < script.length() && script.charAt(index) == '\n') {
            line++;
        }
    }

    private void end(String operator) {
        if (!words.isEmpty() || !written.isEmpty() || !operator.equals("\n")) {
            commands.add(new ShellCommand(words.isEmpty() ? line : begun, words, written, operator));
        }
        words = new ArrayList<>();
        written = new ArrayList<>();
    }

    private int lineEnd(int from) {
        int end = script.indexOf('\n', from);
        return end < 0 ? script.length() : end;
    }

    private char peek(int ahead) {
        return at + ahead < script.length() ? script.charAt(at + ahead) : '\0';
    }
}
