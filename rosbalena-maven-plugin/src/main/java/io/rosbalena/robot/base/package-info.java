/** Images that come finished: the base that services stand on, and those that services run as they are. */
@NullMarked
package io.rosbalena.robot.base;

import org.jspecify.annotations.NullMarked;
