/** Roots on disk and the ways to enter them. Knows nothing of colcon. */
@NullMarked
package io.rosbalena.sandbox;

import org.jspecify.annotations.NullMarked;
