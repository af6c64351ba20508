/** What package indexes offer of Python projects (the simple repository API). */
@NullMarked
package io.rosbalena.wheel.index;

import org.jspecify.annotations.NullMarked;
