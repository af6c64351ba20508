/** The environment that ROS prefixes ask for, computed from their {@code .dsv} files without starting a shell. */
@NullMarked
package io.rosbalena.environment;

import org.jspecify.annotations.NullMarked;
