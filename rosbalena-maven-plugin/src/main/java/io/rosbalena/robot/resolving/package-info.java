/** Shows what a robot is made of, and why: trees, lists for programs, and the chains that lead to a package. */
@NullMarked
package io.rosbalena.robot.resolving;

import org.jspecify.annotations.NullMarked;
