/** Which version of a package is preferred: pins as {@code apt_preferences(5)} has them. */
@NullMarked
package io.rosbalena.apt.preference;

import org.jspecify.annotations.NullMarked;
