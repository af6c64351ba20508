/** Rules over a manifest that is well-formed: what a robot, its device type or ROS makes of it. */
@NullMarked
package io.rosbalena.lint.rules;

import org.jspecify.annotations.NullMarked;
