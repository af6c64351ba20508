package io.rosbalena.robot.starting;

import java.util.List;

/**
 * A service for a compose file that is written anew.
 *
 * @param name its name, as balena takes it
 * @param folder the folder of its package relative to the project, as {@code build} writes it
 * @param packages the packages that it is for, where these are more than the one in the folder and what that depends on
 * @param command what it starts; none where its package's only program is found when it is compiled
 * @param others further programs of its package
 */
record StartedService(String name, String folder, List<String> packages, List<String> command, List<String> others) {
    StartedService {
        packages = List.copyOf(packages);
        command = List.copyOf(command);
        others = List.copyOf(others);
    }
}
