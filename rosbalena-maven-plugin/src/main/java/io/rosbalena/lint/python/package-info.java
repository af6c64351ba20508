/** Python files, read as far as it can be known without running them. */
@NullMarked
package io.rosbalena.lint.python;

import org.jspecify.annotations.NullMarked;
