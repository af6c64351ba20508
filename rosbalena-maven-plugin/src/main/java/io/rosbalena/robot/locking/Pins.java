package io.rosbalena.robot.locking;

import io.rosbalena.apt.DebianVersion;
import java.util.Map;

/**
 * Versions of Debian packages that a lock had.
 *
 * @param versions by name
 * @param giveWay whether another version is taken where one of these does not fit
 */
record Pins(Map<String, DebianVersion> versions, boolean giveWay) {
    Pins {
        versions = Map.copyOf(versions);
    }
}
