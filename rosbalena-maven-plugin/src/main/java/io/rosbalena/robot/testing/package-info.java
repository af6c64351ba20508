/** The goal that tests the workspace's packages. */
@NullMarked
package io.rosbalena.robot.testing;

import org.jspecify.annotations.NullMarked;
