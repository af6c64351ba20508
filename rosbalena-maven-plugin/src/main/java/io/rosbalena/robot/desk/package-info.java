/** Goals for a robot in local mode, and for engines of this machine: build, send, watch. */
@NullMarked
package io.rosbalena.robot.desk;

import org.jspecify.annotations.NullMarked;
