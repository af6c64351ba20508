/** Measures the plugin against named tools, in the same run on the same machine. */
@NullMarked
package io.rosbalena.bench;

import org.jspecify.annotations.NullMarked;
