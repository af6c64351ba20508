/** Shells and commands on a device, through the system's ssh. */
@NullMarked
package io.rosbalena.device.shell;

import org.jspecify.annotations.NullMarked;
