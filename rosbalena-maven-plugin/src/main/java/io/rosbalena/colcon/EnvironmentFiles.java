package io.rosbalena.colcon;

import io.rosbalena.tree.TreePath;
import java.util.List;

/** The files of an install folder that sourcing it reads: what is visible of a package that is needed at run time only. */
final class EnvironmentFiles {
    private EnvironmentFiles() {}

    static List<InstalledFile> of(String packageName, List<InstalledFile> files) {
        return files.stream()
                .filter(file -> !(file instanceof InstalledFile.Directory))
                .filter(file -> matches(packageName, file.path()))
                .toList();
    }

    private static boolean matches(String packageName, TreePath path) {
        TreePath share = TreePath.parse("share/" + packageName);
        if (path.startsWith(TreePath.parse("share/colcon-core"))
                || path.startsWith(share.resolve("environment"))
                || path.startsWith(share.resolve("hook"))) {
            return true;
        }
        String name = path.name();
        return path.parent().equals(share)
                && (name.startsWith("package.") || name.startsWith("local_setup."))
                && !name.equals("package.xml");
    }
}
