package io.rosbalena.apt.state;

import io.rosbalena.apt.deb.PathRewrite;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.TreePath;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The files of packages from whose contents the state is made, those that set the environment below {@code /opt/ros}, and
 * the one that says which system it is.
 */
public final class StateSources {
    private static final long LARGEST = 1 << 20;

    /** Whole directories and name patterns; single files that are copied stand in the table of {@link Recipes}. */
    private static final List<Pattern> PATTERNS = List.of(
            Pattern.compile("(etc|usr/lib)/os-release"),
            Pattern.compile("etc/ld\\.so\\.conf(\\.d/.+)?"),
            Pattern.compile("usr/share/base-passwd/(passwd|group)\\.master"),
            Pattern.compile("usr/share/pam-configs/[^/]+"),
            Pattern.compile("usr/share/pam/common-[a-z-]+"),
            Pattern.compile("usr/share/ca-certificates/.+\\.crt"),
            Pattern.compile("usr/share/debianutils/shells(\\.d/[^/]+)?"),
            Pattern.compile("usr/lib/sysusers\\.d/[^/]+\\.conf"),
            Pattern.compile("opt/ros/[^/]+/(\\.colcon_install_layout|.+\\.dsv|share/colcon-core/packages/[^/]+"
                    + "|share/ament_index/resource_index/package_run_dependencies/[^/]+)"));

    private StateSources() {}

    static boolean isNeeded(Entry file) {
        String path = PathRewrite.DEBIAN.place(file.path()).text();
        return file.size() <= LARGEST
                && (Recipes.standard().sources().contains(new TreePath(path))
                        || PATTERNS.stream()
                                .anyMatch(pattern -> pattern.matcher(path).matches()));
    }
}
