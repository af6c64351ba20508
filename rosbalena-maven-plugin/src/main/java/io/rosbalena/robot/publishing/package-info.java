/** Goals that bring images where no fleet is: a registry, an engine, a file. */
@NullMarked
package io.rosbalena.robot.publishing;

import org.jspecify.annotations.NullMarked;
