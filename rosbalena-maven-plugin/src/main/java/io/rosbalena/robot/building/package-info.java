/** Builds a robot from project and lock, and writes what stands in {@code target/rosbalena}. */
@NullMarked
package io.rosbalena.robot.building;

import org.jspecify.annotations.NullMarked;
