package io.rosbalena.device.scan;

import java.net.Inet4Address;
import java.util.Optional;

/**
 * What answered at an address.
 *
 * @param name as the device says it
 * @param ssh whether something listens where balenaOS has its SSH server
 * @param engine version of the container engine that is open to everybody, as it says; only in development mode
 * @param supervisor whether the Supervisor answers
 */
public record FoundDevice(
        Optional<String> name, Inet4Address address, boolean ssh, Optional<String> engine, boolean supervisor) {

    /** Whether images can be sent to it without a fleet. */
    public boolean isInDevelopmentMode() {
        return engine.isPresent() && supervisor;
    }
}
