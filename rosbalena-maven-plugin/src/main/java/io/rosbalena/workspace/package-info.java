/** A colcon workspace as colcon and rosdep see it: its packages, their order, and what each needs. */
@NullMarked
package io.rosbalena.workspace;

import org.jspecify.annotations.NullMarked;
