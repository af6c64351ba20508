/** The goal that gives an existing workspace or compose project what this plugin needs, and changes nothing of it. */
@NullMarked
package io.rosbalena.robot.starting;

import org.jspecify.annotations.NullMarked;
