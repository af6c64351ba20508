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
    private static final String SHELLS = "/etc/shells";
    private static final String STATE = "/var/lib/shells.state";
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
        Set<String> packaged = new LinkedHashSet<>();
        for (String file : files) {
            for (String line : draft.text(file).orElse("").lines().toList()) {
                String shell = line.replaceFirst("#.*", "");
                if (!shell.isEmpty()) {
                    declared.add(shell);
                    packaged.add(shell);
                    packaged.add(real(shell, draft));
                }
            }
        }
        Set<String> remembered = Set.copyOf(draft.text(STATE).orElse("").lines().toList());
        String before =
                draft.base().read(SHELLS).isPresent() ? draft.text(SHELLS).orElse("") : template.get();
        Set<String> standing = new LinkedHashSet<>();
        StringBuilder shells = new StringBuilder();
        for (String line : before.lines().toList()) {
            String shell = line.replaceFirst("#.*", "");
            // A shell that is remembered and that no package names any more was some package's, now gone.
            boolean stays = packaged.contains(shell) || !remembered.contains(shell);
            if (shell.isEmpty() || (stays && standing.add(shell))) {
                shells.append(line).append('\n');
            }
        }
        declared.addAll(packaged);
        for (String shell : declared) {
            // One that is remembered but does not stand was removed by hand.
            if (!remembered.contains(shell) && standing.add(shell)) {
                shells.append(shell).append('\n');
            }
        }
        for (String shell : added) {
            if (standing.add(shell)) {
                shells.append(shell).append('\n');
            }
        }
        draft.file(SHELLS, 0644, shells.toString());
        draft.file(STATE, 0644, String.join("\n", packaged) + "\n");
    }

    private static String real(String shell, StateDraft draft) {
        TreePath path = TreePath.parse(shell);
        return draft.directory(path.parent().absolute())
                .map(directory -> directory.resolve(path.name()).absolute())
                .orElse(shell);
    }
}
