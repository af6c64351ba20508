package io.rosbalena.robot.starting;

import java.util.List;

/**
 * A service for a compose file that is written anew.
 *
 * @param name its name, as balena takes it
 * @param folder the folder of its package relative to the project, as {@code build} writes it
 * @param command what it starts; none where its package's only program is found when it is compiled
 * @param others further programs of its package
 */
record StartedService(String name, String folder, List<String> command, List<String> others) {
    StartedService {
        command = List.copyOf(command);
        others = List.copyOf(others);
    }
}
