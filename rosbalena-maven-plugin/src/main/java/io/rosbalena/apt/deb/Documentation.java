package io.rosbalena.apt.deb;

import io.rosbalena.tree.TreePath;
import java.util.regex.Pattern;

/**
 * Which files of packages are there for people alone: documentation, manuals, messages in other languages, what reports of
 * bugs are written with. Licences stay.
 */
public final class Documentation {
    private static final Pattern PLACE = Pattern.compile(
            "usr/share/(doc/[^/]+/.+|doc-base/.+|(man|info|help|gtk-doc|lintian|linda|bug)/.+|locale/(?!locale\\.alias$).+|gnome/help/.+)");

    private static final Pattern LICENCE = Pattern.compile("usr/share/doc/[^/]+/copyright");

    private Documentation() {}

    /** Whether the file or directory at this place of a package can be left out. */
    public static boolean holds(TreePath path) {
        return PLACE.matcher(path.text()).matches()
                && !LICENCE.matcher(path.text()).matches();
    }
}
