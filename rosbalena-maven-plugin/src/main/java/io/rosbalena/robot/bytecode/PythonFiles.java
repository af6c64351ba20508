package io.rosbalena.robot.bytecode;

import io.rosbalena.lock.LockedPackage;
import io.rosbalena.tree.TreePath;
import java.util.Collection;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which files of packages an interpreter compiles when it imports them: those of its own library, of Debian's Python
 * packages (Debian Python policy 2.5) and of ROS packages.
 *
 * @param version of the interpreter, for example {@code 3.11}
 */
record PythonFiles(String version) {
    private static final Pattern MINIMAL = Pattern.compile("python(3\\.[0-9]+)-minimal");
    private static final Pattern PLACE = Pattern.compile("usr/lib/python(3(?:\\.[0-9]+)?)/.+\\.py"
            + "|opt/ros/[^/]+/(?:local/)?lib/python(3(?:\\.[0-9]+)?)/(?:site|dist)-packages/.+\\.py");

    /** Those of the interpreter among these packages, if there is one. */
    static Optional<PythonFiles> of(Collection<LockedPackage> packages) {
        return packages.stream()
                .map(one -> MINIMAL.matcher(one.name()))
                .filter(Matcher::matches)
                .map(matcher -> new PythonFiles(matcher.group(1)))
                .findFirst();
    }

    /** Whether it compiles the file at this place in an image. */
    boolean include(TreePath file) {
        Matcher matcher = PLACE.matcher(file.text());
        if (!matcher.matches()) {
            return false;
        }
        String folder = Optional.ofNullable(matcher.group(1)).orElseGet(() -> matcher.group(2));
        return folder.equals("3") || folder.equals(version);
    }
}
