/** Looking for devices: multicast DNS, and a probe of the ports that balenaOS opens in development mode. */
@NullMarked
package io.rosbalena.device.scan;

import org.jspecify.annotations.NullMarked;
