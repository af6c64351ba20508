package io.rosbalena.apt.state;

import io.rosbalena.tree.TreePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code /etc/shells} and its memory, as update-shells(8) of debianutils makes them from {@code shells.d}. */
final class LoginShells {
    private static final String TEMPLATE = "/usr/share/debianutils/shells";

    private LoginShells() {}

    /**
     * Writes both, if there is anything to write.
     *
     * @param added shells that scripts add by add-shell(8)
     */
    static void write(List<String> added, StateDraft draft) throws IOException {
        Optional<String> template = draft.text(TEMPLATE);
        if (template.isEmpty() || (draft.names(TEMPLATE + ".d").isEmpty() && added.isEmpty())) {
            return;
        }
        List<String> files = new ArrayList<>();
        files.add(TEMPLATE);
        draft.names(TEMPLATE + ".d").forEach(name -> files.add(TEMPLATE + ".d/" + name));
        Set<String> declared = new LinkedHashSet<>();
        Set<String> real = new LinkedHashSet<>();
        StringBuilder state = new StringBuilder();
        for (String file : files) {
            for (String line : draft.text(file).orElse("").lines().toList()) {
                String shell = line.replaceFirst("#.*", "");
                if (!shell.isEmpty()) {
                    String place = real(shell, draft);
                    declared.add(shell);
                    real.add(place);
                    state.append(shell).append('\n').append(place.equals(shell) ? "" : place + "\n");
                }
            }
        }
        String before = draft.base().read("/etc/shells").isPresent()
                ? draft.text("/etc/shells").orElse("")
                : template.get();
        Set<String> standing = new LinkedHashSet<>(before.lines().toList());
        StringBuilder shells = new StringBuilder(before);
        for (Set<String> more : List.of(declared, real, new LinkedHashSet<>(added))) {
            for (String shell : more) {
                if (standing.add(shell)) {
                    shells.append(shell).append('\n');
                }
            }
        }
        draft.file("/etc/shells", 0644, shells.toString());
        draft.file("/var/lib/shells.state", 0644, state.toString());
    }

    private static String real(String shell, StateDraft draft) {
        TreePath path = TreePath.parse(shell);
        return draft.resolve(path.parent().absolute())
                .map(directory -> directory.resolve(path.name()).absolute())
                .orElse(shell);
    }
}
