package io.rosbalena.colcon;

import io.rosbalena.store.Digest;
import io.rosbalena.tree.FileTree;
import io.rosbalena.tree.TreePath;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A workspace package as the compile sees it. Dependency names that are not in the workspace are ignored.
 *
 * @param name package name
 * @param buildType what {@code <build_type>} says, for example {@code ament_cmake}
 * @param directory where the package stands below the source directory
 * @param userPath the package's folder as the user names it, for messages, for example {@code src/camera};
 *     empty if it is the project itself
 * @param sources the files that the compile may see, relative to the package
 * @param sourceDigest digest of {@code sources}
 * @param buildDependencies names of the build, buildtool and both build export dependencies and of group members
 * @param runDependencies names that dependants inherit: both build export and the exec dependencies and group members
 * @param testDependencies names that only tests need
 */
public record ColconPackage(
        String name,
        String buildType,
        TreePath directory,
        String userPath,
        FileTree sources,
        Digest sourceDigest,
        Set<String> buildDependencies,
        Set<String> runDependencies,
        Set<String> testDependencies) {

    // The name becomes a directory below install/ and an argument of colcon (REP-127).
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_-]*");

    public ColconPackage {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a package name: " + name);
        }
        buildDependencies = Set.copyOf(buildDependencies);
        runDependencies = Set.copyOf(runDependencies);
        testDependencies = Set.copyOf(testDependencies);
    }

    /** The same package with other files. */
    ColconPackage withSources(FileTree files, Digest digest) {
        return new ColconPackage(
                name,
                buildType,
                directory,
                userPath,
                files,
                digest,
                buildDependencies,
                runDependencies,
                testDependencies);
    }

    /** A file of the package as the user names it. */
    String userPath(String file) {
        return userPath.isEmpty() ? file : userPath + "/" + file;
    }
}
