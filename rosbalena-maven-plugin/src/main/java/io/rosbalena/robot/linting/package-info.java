/** The goal that looks at a robot's project and says what is wrong with it, without building anything. */
@NullMarked
package io.rosbalena.robot.linting;

import org.jspecify.annotations.NullMarked;
