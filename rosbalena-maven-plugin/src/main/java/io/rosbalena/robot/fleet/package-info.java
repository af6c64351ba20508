/** Everyday goals for a fleet: login, devices, variables, logs, which release runs. */
@NullMarked
package io.rosbalena.robot.fleet;

import org.jspecify.annotations.NullMarked;
