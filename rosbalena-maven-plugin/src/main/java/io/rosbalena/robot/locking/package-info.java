/** Makes the lock answer the project, and says which layer each package stands in. Alone sees network and clock. */
@NullMarked
package io.rosbalena.robot.locking;

import org.jspecify.annotations.NullMarked;
