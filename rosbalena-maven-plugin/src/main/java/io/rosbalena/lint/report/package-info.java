/** Findings as programs read them. */
@NullMarked
package io.rosbalena.lint.report;

import org.jspecify.annotations.NullMarked;
