package io.rosbalena.lint.python;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Splits a Python file into tokens, as far as finding the statements of no block takes it (Python reference, chapter 2).
 * Strings, with the fields of f-strings, comments, lines that are joined by brackets or {@code \} are understood; of
 * everything else only words, dots and signs are told apart.
 */
final class PythonScanner {
    /** They begin a block, also one that ends on the same line. */
    private static final Set<String> COMPOUND =
            Set.of("if", "elif", "else", "for", "while", "try", "except", "finally", "with", "class", "def", "async");

    private static final Set<String> OF_SYS =
            Set.of("path", "meta_path", "path_hooks", "path_importer_cache", "modules");
    private static final Set<String> DYNAMIC = Set.of("addsitedir", "__path__", "extend_path", "declare_namespace");

    private final String text;
    private int at;
    private int line = 1;
    private int depth;
    private final List<PythonImport> imports = new ArrayList<>();
    private boolean dynamic;

    /** The statement that is being read, if it is an import of no block; its tokens so far. */
    private final List<String> statement = new ArrayList<>();

    private int statementLine;
    private boolean collects;
    private boolean begins = true;
    private boolean skipsLine;
    private String before = "";
    private String last = "";

    /** Every byte is a character here: no encoding of Python has ASCII's signs for anything else. */
    PythonScanner(byte[] file) {
        String read = new String(file, StandardCharsets.ISO_8859_1);
        this.text = read.startsWith("\u00ef\u00bb\u00bf") ? read.substring(3) : read;
    }

    PythonModule read() {
        startLine();
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '#') {
                comment();
            } else if (isNewline(c)) {
                newline();
                if (depth == 0) {
                    endStatement();
                    startLine();
                }
            } else if (c == '\\') {
                at++;
                if (at < text.length() && isNewline(text.charAt(at))) {
                    newline();
                }
            } else if (c == '"' || c == '\'') {
                token("\"");
                string("");
            } else if (isWord(c)) {
                word();
            } else if (c == ' ' || c == '\t' || c == '\f') {
                at++;
            } else {
                sign(c);
            }
        }
        endStatement();
        return new PythonModule(imports, dynamic);
    }

    /** Behind the end of a line: what stands in its first column stands in no block. */
    private void startLine() {
        begins = true;
        skipsLine = false;
        while (at < text.length() && text.charAt(at) == '\f') {
            at++;
        }
        if (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            skipsLine = true;
        }
    }

    private void comment() {
        while (at < text.length() && !isNewline(text.charAt(at))) {
            at++;
        }
    }

    private static boolean isNewline(char c) {
        return c == '\n' || c == '\r';
    }

    private void newline() {
        if (text.charAt(at) == '\r' && at + 1 < text.length() && text.charAt(at + 1) == '\n') {
            at++;
        }
        at++;
        line++;
    }

    private static boolean isWord(char c) {
        return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c >= 0x80;
    }

    private void word() {
        int start = at;
        while (at < text.length() && isWord(text.charAt(at))) {
            at++;
        }
        String word = text.substring(start, at);
        boolean quoted = at < text.length() && (text.charAt(at) == '"' || text.charAt(at) == '\'');
        String prefix = word.toLowerCase(Locale.ROOT);
        if (quoted && prefix.matches("[rbuft]{1,2}")) {
            token("\"");
            string(prefix);
            return;
        }
        dynamic |= DYNAMIC.contains(word) || (OF_SYS.contains(word) && last.equals(".") && before.equals("sys"));
        token(word);
    }

    private void sign(char c) {
        if (c == '(' || c == '[' || c == '{') {
            depth++;
        } else if (c == ')' || c == ']' || c == '}') {
            depth = Math.max(0, depth - 1);
        } else if (c == ';' && depth == 0) {
            at++;
            endStatement();
            begins = true;
            return;
        }
        at++;
        token(String.valueOf(c));
    }

    private void token(String token) {
        if (begins && !skipsLine) {
            begins = false;
            skipsLine = COMPOUND.contains(token);
            collects = token.equals("import") || token.equals("from");
            statementLine = line;
        }
        if (collects) {
            statement.add(token);
        }
        before = last;
        last = token;
    }

    private void endStatement() {
        if (collects) {
            List<PythonImport> read = ImportStatement.read(statement, statementLine);
            imports.addAll(read);
            dynamic |= read.stream()
                    .anyMatch(one ->
                            one.module().equals("sys") && one.names().stream().anyMatch(OF_SYS::contains));
        }
        collects = false;
        statement.clear();
    }

    /** From an opening quote to behind the closing one; one that never closes ends with its line, or with the file. */
    private void string(String prefix) {
        char quote = text.charAt(at);
        String triple = String.valueOf(quote).repeat(3);
        boolean isLong = text.startsWith(triple, at);
        boolean formatted = prefix.contains("f") || prefix.contains("t");
        at += isLong ? 3 : 1;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (isLong ? text.startsWith(triple, at) : c == quote) {
                at += isLong ? 3 : 1;
                return;
            }
            if (c == '\\' && at + 1 < text.length()) {
                at++;
                c = text.charAt(at);
                if (isNewline(c)) {
                    newline();
                } else {
                    at++;
                }
            } else if (isNewline(c)) {
                if (!isLong) {
                    return;
                }
                newline();
            } else if (formatted && c == '{' && !text.startsWith("{{", at)) {
                at++;
                field();
            } else {
                at += formatted && c == '{' ? 2 : 1;
            }
        }
    }

    /** A field of an f-string, behind its opening brace: an expression, and what follows a colon (PEP 701). */
    private void field() {
        int inner = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '"' || c == '\'') {
                string(prefixBefore());
            } else if (isNewline(c)) {
                newline();
            } else if (c == '#') {
                comment();
            } else if (c == '(' || c == '[' || c == '{') {
                inner++;
                at++;
            } else if (inner == 0 && c == '}') {
                at++;
                return;
            } else if (inner == 0 && c == ':') {
                at++;
                format();
                return;
            } else {
                if (c == ')' || c == ']' || c == '}') {
                    inner--;
                }
                at++;
            }
        }
    }

    private String prefixBefore() {
        int start = at;
        while (start > 0 && isWord(text.charAt(start - 1))) {
            start--;
        }
        String prefix = text.substring(start, at).toLowerCase(Locale.ROOT);
        return prefix.matches("[rbuft]{1,2}") ? prefix : "";
    }

    /** The format of a field, to behind the closing brace: text with fields of its own. */
    private void format() {
        while (at < text.length() && text.charAt(at) != '}') {
            char c = text.charAt(at);
            if (c == '{') {
                at++;
                field();
            } else if (isNewline(c)) {
                newline();
            } else {
                at++;
            }
        }
        at++;
    }
}
