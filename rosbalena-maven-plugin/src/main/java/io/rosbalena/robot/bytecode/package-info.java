/** Python's byte code of a robot's packages, compiled by the locked build root's own interpreter. */
@NullMarked
package io.rosbalena.robot.bytecode;

import org.jspecify.annotations.NullMarked;
