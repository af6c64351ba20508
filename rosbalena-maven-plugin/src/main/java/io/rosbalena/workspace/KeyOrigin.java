package io.rosbalena.workspace;

import io.rosbalena.workspace.manifest.DependencyKind;
import java.util.List;

/**
 * Where a rosdep key is asked for.
 *
 * @param packageName the package that states the dependency
 * @param kind what for
 * @param file its manifest, as findings name it
 * @param line of the element, from 1
 * @param chain the packages from one that was wanted to {@code packageName}, both included
 */
public record KeyOrigin(String packageName, DependencyKind kind, String file, int line, List<String> chain) {
    public KeyOrigin {
        chain = List.copyOf(chain);
    }
}
