/** Python wheels as trees of files, laid out as pip would install them. */
@NullMarked
package io.rosbalena.wheel.layout;

import org.jspecify.annotations.NullMarked;
