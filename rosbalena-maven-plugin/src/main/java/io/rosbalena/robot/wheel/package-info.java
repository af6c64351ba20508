/** A robot's Python wheels: where they come from, which ones it takes, and how they reach images and the build root. */
@NullMarked
package io.rosbalena.robot.wheel;

import org.jspecify.annotations.NullMarked;
