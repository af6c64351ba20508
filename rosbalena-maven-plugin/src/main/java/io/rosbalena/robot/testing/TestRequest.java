package io.rosbalena.robot.testing;

import java.nio.file.Path;
import java.util.List;

/**
 * What is asked of the goal test.
 *
 * @param packages names of the packages to test; empty: all of the workspace
 * @param reports folder that gets {@code TEST-….xml}
 * @param failuresPass whether a test that fails is told, and no failure of the goal
 */
public record TestRequest(List<String> packages, Path reports, boolean failuresPass) {
    public TestRequest {
        packages = List.copyOf(packages);
    }
}
