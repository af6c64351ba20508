/** A robot's Debian packages: indexes read, packages fetched, dpkg's state, parts of layers and roots. */
@NullMarked
package io.rosbalena.robot.deb;

import org.jspecify.annotations.NullMarked;
