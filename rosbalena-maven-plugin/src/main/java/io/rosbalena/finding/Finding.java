package io.rosbalena.finding;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One thing that a stage noticed about its input.
 *
 * @param id stable identifier, {@code RB} and three digits
 * @param severity how much it matters
 * @param message what is wrong, one sentence
 * @param fix what to do about it
 * @param file the file that is meant, as the user would name it (relative to the project where possible)
 * @param line line in {@code file}, from 1; 0 when unknown
 * @param column column in {@code line}, from 1; 0 when unknown
 * @param service the compose service concerned
 * @param packageName the ROS or Debian package concerned
 */
public record Finding(
        String id,
        Severity severity,
        String message,
        Optional<String> fix,
        Optional<String> file,
        int line,
        int column,
        Optional<String> service,
        Optional<String> packageName) {

    /** By file, line and column, then id and message: the order in which findings are printed. */
    public static final Comparator<Finding> ORDER = Comparator.comparing(
                    (Finding finding) -> finding.file().orElse(""))
            .thenComparingInt(Finding::line)
            .thenComparingInt(Finding::column)
            .thenComparing(Finding::id)
            .thenComparing(Finding::message);

    private static final Pattern ID = Pattern.compile("RB[0-9]{3}");

    public Finding {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("not a finding id: " + id);
        }
        if (line < 0 || column < 0) {
            throw new IllegalArgumentException("negative position in finding " + id);
        }
    }

    public static Finding error(String id, String message) {
        return of(id, Severity.ERROR, message);
    }

    public static Finding warning(String id, String message) {
        return of(id, Severity.WARNING, message);
    }

    public static Finding note(String id, String message) {
        return of(id, Severity.NOTE, message);
    }

    private static Finding of(String id, Severity severity, String message) {
        return new Finding(
                id, severity, message, Optional.empty(), Optional.empty(), 0, 0, Optional.empty(), Optional.empty());
    }

    /** The same finding with what the user can do about it. */
    public Finding fix(String what) {
        return new Finding(id, severity, message, Optional.of(what), file, line, column, service, packageName);
    }

    /** The same finding, told as something that matters more or less. */
    public Finding as(Severity other) {
        return new Finding(id, other, message, fix, file, line, column, service, packageName);
    }

    /** The same finding placed in a file. */
    public Finding at(String where) {
        return at(where, 0, 0);
    }

    /** The same finding placed at a line of a file. */
    public Finding at(String where, int atLine) {
        return at(where, atLine, 0);
    }

    /** The same finding placed at a line and column of a file. */
    public Finding at(String where, int atLine, int atColumn) {
        return new Finding(id, severity, message, fix, Optional.of(where), atLine, atColumn, service, packageName);
    }

    /** The same finding tied to a compose service. */
    public Finding inService(String name) {
        return new Finding(id, severity, message, fix, file, line, column, Optional.of(name), packageName);
    }

    /** The same finding tied to a package. */
    public Finding inPackage(String name) {
        return new Finding(id, severity, message, fix, file, line, column, service, Optional.of(name));
    }

    /**
     * {@code file:line:column: severity RB123 message}, the fix indented on the next line. Control characters are
     * escaped, since messages quote text that the workspace or an archive supplied.
     */
    public String print() {
        StringBuilder text = new StringBuilder();
        file.ifPresent(name -> {
            text.append(name);
            if (line > 0) {
                text.append(':').append(line);
                if (column > 0) {
                    text.append(':').append(column);
                }
            }
            text.append(": ");
        });
        text.append(severity.word()).append(' ').append(id).append(' ');
        service.ifPresent(name -> text.append("service ").append(name).append(": "));
        text.append(message);
        fix.ifPresent(what -> text.append("\n    ").append(what.replace("\n", "\n    ")));
        return printable(text);
    }

    private static String printable(CharSequence text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c == '\n' || c == '\t' || !Character.isISOControl(c)) {
                safe.appendCodePoint(c);
            } else {
                safe.append(String.format("\\x%02x", c));
            }
        });
        return safe.toString();
    }
}
