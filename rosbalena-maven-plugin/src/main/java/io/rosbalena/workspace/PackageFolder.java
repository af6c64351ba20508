package io.rosbalena.workspace;

import java.nio.file.Path;

/**
 * A folder that may be a package.
 *
 * @param directory by the way on which it was found
 * @param path relative to the source directory, {@code /} between names; {@code .} for that itself
 * @param shown as findings name it; empty for the project's root
 */
record PackageFolder(Path directory, String path, String shown) {

    /** A file in it. */
    Path resolve(String name) {
        return directory.resolve(name);
    }

    /** A file in it as findings name it. */
    String shown(String name) {
        return shown.isEmpty() ? name : shown + "/" + name;
    }
}
