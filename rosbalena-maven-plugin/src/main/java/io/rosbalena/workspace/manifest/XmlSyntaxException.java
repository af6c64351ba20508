package io.rosbalena.workspace.manifest;

/** Text that is not well-formed XML 1.0 with namespaces, or larger or deeper than a manifest can be. */
final class XmlSyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;

    XmlSyntaxException(String message, int line, int column) {
        super(message);
        this.line = line;
        this.column = column;
    }

    /** From 1. */
    int line() {
        return line;
    }

    /** From 1. */
    int column() {
        return column;
    }
}
