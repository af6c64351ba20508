/** Unpacking {@code .xz}: by the machine's own program where there is a good one, else in Java. */
@NullMarked
package io.rosbalena.apt.xz;

import org.jspecify.annotations.NullMarked;
