/** What must hold in an image before a robot starts it: libraries, Python modules and commands lead to something. */
@NullMarked
package io.rosbalena.lint.preflight;

import org.jspecify.annotations.NullMarked;
