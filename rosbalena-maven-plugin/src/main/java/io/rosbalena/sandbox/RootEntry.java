package io.rosbalena.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The command line that leaves this machine's root directory for another and starts a program there. */
final class RootEntry {
    private RootEntry() {}

    /** For a command in its root, from namespaces that the command has for itself. */
    static List<String> fromNamespaces(SandboxCommand command) {
        return line(
                command,
                Tool.require("unshare", "util-linux"),
                "--root=" + command.root(),
                "--wd=" + command.workingDirectory());
    }

    /**
     * For a command in its root, where the system call {@code unshare} may be forbidden altogether. The working directory
     * is opened before the root is changed, so no link may lead to it.
     */
    static List<String> withoutNamespaces(SandboxCommand command) {
        return line(
                command,
                Tool.require("nsenter", "util-linux"),
                "--root=" + command.root(),
                "--wd=" + command.root() + command.workingDirectory());
    }

    // Neither is chroot, which knows no working directory. All programs but the last are this machine's.
    private static List<String> line(SandboxCommand command, Tool changeRoot, String root, String workingDirectory) {
        List<String> line = new ArrayList<>(List.of("env", "-i", "--"));
        new TreeMap<>(command.environment()).forEach((key, value) -> line.add(key + "=" + value));
        // More rights would let a command come out differently where the caller is the machine's root.
        line.addAll(Rights.withheld("--no-new-privs"));
        line.addAll(List.of(changeRoot.toString(), root, workingDirectory, "--"));
        line.addAll(command.arguments());
        return line;
    }
}
