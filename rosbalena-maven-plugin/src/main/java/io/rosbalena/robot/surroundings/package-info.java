/** What every goal finds around it on this machine: the store, the network, the console, the processors. */
@NullMarked
package io.rosbalena.robot.surroundings;

import org.jspecify.annotations.NullMarked;
