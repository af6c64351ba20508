/**
 * Which packages of a run-time set serve only who compiles, and can be left out although dependencies name them.
 *
 * <p>Debian's ROS packages depend at run time on what other packages are compiled against: development files, and
 * through these compilers and build tools.
 */
@NullMarked
package io.rosbalena.apt.prune;

import org.jspecify.annotations.NullMarked;
