package io.rosbalena.sbom;

/** A license that the authors of a component say it has. */
public sealed interface LicenseClaim {
    /** What it is called. */
    String text();

    /** A license by its identifier in the SPDX License List. */
    record Listed(String text) implements LicenseClaim {}

    /** Several of them, as an SPDX license expression. */
    record Expression(String text) implements LicenseClaim {}

    /** A license in the words of its authors. */
    record Named(String text) implements LicenseClaim {}
}
