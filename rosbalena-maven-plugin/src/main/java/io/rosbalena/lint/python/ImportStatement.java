package io.rosbalena.lint.python;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Understands the tokens of an import statement (Python reference, 7.11). */
final class ImportStatement {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final List<String> tokens;
    private int at;

    private ImportStatement(List<String> tokens) {
        this.tokens = tokens;
    }

    /**
     * What a statement imports; nothing if it is none, or has names that are not ASCII.
     *
     * @param tokens the first is {@code import} or {@code from}
     * @param line of the first
     */
    static List<PythonImport> read(List<String> tokens, int line) {
        return new ImportStatement(tokens).read(line);
    }

    private List<PythonImport> read(int line) {
        return next().equals("from") ? from(line) : modules(line);
    }

    private String peek() {
        return at < tokens.size() ? tokens.get(at) : "";
    }

    private String next() {
        String token = peek();
        at++;
        return token;
    }

    private boolean take(String token) {
        if (peek().equals(token)) {
            at++;
            return true;
        }
        return false;
    }

    private List<PythonImport> modules(int line) {
        List<PythonImport> imports = new ArrayList<>();
        do {
            String module = dotted();
            if (module.isEmpty() || !named()) {
                return List.of();
            }
            imports.add(new PythonImport(0, module, List.of(), line));
        } while (take(","));
        return at == tokens.size() ? imports : List.of();
    }

    /** Passes {@code as NAME}; false if it is broken. */
    private boolean named() {
        return !take("as") || NAME.matcher(next()).matches();
    }

    private String dotted() {
        StringBuilder name = new StringBuilder();
        do {
            String part = next();
            if (!NAME.matcher(part).matches()) {
                return "";
            }
            name.append(name.isEmpty() ? "" : ".").append(part);
        } while (take("."));
        return name.toString();
    }

    private List<PythonImport> from(int line) {
        int level = 0;
        while (take(".")) {
            level++;
        }
        String module = peek().equals("import") ? "" : dotted();
        if ((level == 0 && module.isEmpty()) || !take("import")) {
            return List.of();
        }
        List<String> names = names();
        return names.isEmpty() || at != tokens.size()
                ? List.of()
                : List.of(new PythonImport(level, module, names, line));
    }

    private List<String> names() {
        if (take("*")) {
            return List.of("*");
        }
        boolean bracketed = take("(");
        List<String> names = new ArrayList<>();
        do {
            if (bracketed && peek().equals(")")) {
                break;
            }
            String name = next();
            if (!NAME.matcher(name).matches() || !named()) {
                return List.of();
            }
            names.add(name);
        } while (take(","));
        return bracketed && !take(")") ? List.of() : names;
    }
}
