/** What the hardware that a service needs means for its container, by the device types of the robot. */
@NullMarked
package io.rosbalena.lint.hardware;

import org.jspecify.annotations.NullMarked;
