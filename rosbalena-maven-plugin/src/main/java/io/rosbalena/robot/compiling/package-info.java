/** The build root and the workspace compiled in it. */
@NullMarked
package io.rosbalena.robot.compiling;

import org.jspecify.annotations.NullMarked;
