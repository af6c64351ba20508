package io.rosbalena.apt.state;

import io.rosbalena.apt.deb.PathRewrite;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.TreePath;
import java.util.List;

/**
 * The links at the top of an assembled system, which its bootstrapper would have made: {@code /bin} and its like lead
 * into {@code /usr}. Newer base-files ship them.
 */
final class RootLinks {
    private RootLinks() {}

    static void write(PlatformInput input, StateDraft draft) {
        if (input.rewrite() != PathRewrite.DEBIAN) {
            return;
        }
        List<String> names = input.architecture().equals("amd64")
                ? List.of("bin", "lib", "lib64", "sbin")
                : List.of("bin", "lib", "sbin");
        for (String name : names) {
            TreePath link = new TreePath(name);
            boolean shipped = input.packages().stream()
                    .flatMap(facts -> facts.files().stream())
                    .anyMatch(file -> file.path().equals(link) && file.kind() == Entry.Kind.SYMLINK);
            if (!shipped) {
                draft.symlink("/" + name, "usr/" + name);
            }
        }
    }
}
