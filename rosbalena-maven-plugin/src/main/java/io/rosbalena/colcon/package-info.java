/** Compiles workspace packages with colcon inside a build root: keys, results, install trees, errors. */
@NullMarked
package io.rosbalena.colcon;

import org.jspecify.annotations.NullMarked;
