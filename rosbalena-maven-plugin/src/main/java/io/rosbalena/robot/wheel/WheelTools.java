package io.rosbalena.robot.wheel;

import io.rosbalena.lock.LockedWheel;
import java.io.IOException;
import java.util.List;

/** Finds the wheels that a build backend asks for. */
@FunctionalInterface
interface WheelTools {
    /**
     * Wheels for these requirements, all in the store.
     *
     * @param requirements in the words of the sources' metadata
     * @param source the archive that asks, for messages
     */
    List<LockedWheel> find(List<String> requirements, LockedWheel.Source source)
            throws IOException, InterruptedException;
}
