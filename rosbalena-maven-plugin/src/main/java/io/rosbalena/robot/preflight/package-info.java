/** Looks into the images of services before a robot starts them, and knows who has what is missing. */
@NullMarked
package io.rosbalena.robot.preflight;

import org.jspecify.annotations.NullMarked;
