package io.rosbalena.colcon;

import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The system packages that a build root needs besides what the workspace declares: colcon with the extensions for the
 * workspace's build types, and their compilers. {@code ament_cmake} itself is no part of it, for packages declare it.
 */
public final class BuildRootPackages {
    private static final Set<String> COLCON = Set.of(
            "python3-colcon-bash",
            "python3-colcon-cmake",
            "python3-colcon-core",
            "python3-colcon-library-path",
            "python3-colcon-metadata",
            "python3-colcon-output",
            "python3-colcon-package-information",
            "python3-colcon-package-selection",
            "python3-colcon-parallel-executor",
            "python3-colcon-python-setup-py",
            "python3-colcon-recursive-crawl",
            "python3-colcon-ros");

    private BuildRootPackages() {}

    /**
     * Names of Debian packages, sorted.
     *
     * @param os {@code ID} of os-release: {@code debian}, {@code ubuntu}
     * @param codename {@code VERSION_CODENAME} of os-release; no release known so far needs another set
     * @param buildTypes the build types that occur in the workspace
     */
    public static SortedSet<String> forOs(String os, String codename, Set<String> buildTypes) {
        SortedSet<String> packages = new TreeSet<>(COLCON);
        // Debian has the command in a package of its own; the ROS archive's colcon-core brings it.
        if (os.equals("debian")) {
            packages.add("colcon");
        }
        packages.add("python3-setuptools");
        if (haveCompilers(buildTypes)) {
            packages.addAll(Set.of("cmake", "g++", "gcc", "libc6-dev", "make", "pkg-config"));
        }
        return packages;
    }

    /** Whether packages of these build types can hold what a compiler makes. */
    public static boolean haveCompilers(Set<String> buildTypes) {
        return buildTypes.contains("ament_cmake") || buildTypes.contains("cmake");
    }
}
