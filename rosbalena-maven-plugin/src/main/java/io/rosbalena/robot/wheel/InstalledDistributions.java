package io.rosbalena.robot.wheel;

import io.rosbalena.apt.state.DebFacts;
import io.rosbalena.tree.FileTree;
import io.rosbalena.tree.TreePath;
import io.rosbalena.wheel.ProjectName;
import io.rosbalena.wheel.PythonVersion;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Python projects that an image holds without a wheel: Debian packages and finished bases tell of them by the names of
 * their metadata folders. What is there and answers is not installed again, as with pip.
 */
final class InstalledDistributions {
    private static final Pattern METADATA = Pattern.compile("(?:usr/lib/python3|usr/lib/python3\\.[0-9]+"
            + "|usr/local/lib/python3\\.[0-9]+|opt/ros/[^/]+(?:/local)?/lib/python3\\.[0-9]+)/(?:dist|site)-packages"
            + "/([A-Za-z0-9._]+)-([^-/]+)(?:-py[^/]*)?\\.(?:dist|egg)-info(?:/(?:METADATA|PKG-INFO))?");

    private InstalledDistributions() {}

    /**
     * Versions by normalised name; what a package brings hides what the base has.
     *
     * @param packages of the image
     * @param base all files of its base
     */
    static SortedMap<String, PythonVersion> of(Collection<DebFacts> packages, FileTree base) {
        SortedMap<String, PythonVersion> found = new TreeMap<>();
        base.entries().forEach(entry -> add(entry.path(), found));
        packages.forEach(one -> one.files().forEach(file -> add(file.path(), found)));
        return found;
    }

    private static void add(TreePath path, SortedMap<String, PythonVersion> found) {
        String text = path.text();
        if (!text.contains("-info")) {
            return;
        }
        Matcher matcher = METADATA.matcher(text);
        if (matcher.matches()) {
            PythonVersion.parse(matcher.group(2))
                    .ifPresent(version -> found.put(ProjectName.normalize(matcher.group(1)), version));
        }
    }
}
