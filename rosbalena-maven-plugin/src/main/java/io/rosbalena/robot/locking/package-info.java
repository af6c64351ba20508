/** Makes the lock answer the project, and says which layer each package stands in. */
@NullMarked
package io.rosbalena.robot.locking;

import org.jspecify.annotations.NullMarked;
