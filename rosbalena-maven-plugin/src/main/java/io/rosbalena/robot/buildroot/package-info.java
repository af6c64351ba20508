/** The root that is compiled in, made from locked packages and wheels. */
@NullMarked
package io.rosbalena.robot.buildroot;

import org.jspecify.annotations.NullMarked;
