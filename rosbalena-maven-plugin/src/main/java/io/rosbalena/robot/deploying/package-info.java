/** The goal that makes a release of what was built. */
@NullMarked
package io.rosbalena.robot.deploying;

import org.jspecify.annotations.NullMarked;
