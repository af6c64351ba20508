package io.rosbalena.sandbox;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A program of this machine that a way into a root is made of.
 *
 * @param file its absolute path
 */
public record Tool(Path file) {
    // A plain user's PATH often lacks the sbin folders, where chroot and ip stand.
    private static final List<String> USUAL = List.of("/usr/sbin", "/usr/bin", "/sbin", "/bin");

    /** The search path that is given to scripts: this process's, then the usual folders. */
    static String searchPath() {
        Set<String> folders = new LinkedHashSet<>();
        for (String folder :
                Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator, -1)) {
            if (folder.startsWith("/")) {
                folders.add(folder);
            }
        }
        folders.addAll(USUAL);
        return String.join(File.pathSeparator, folders);
    }

    /** A program by its name, if this machine has it. */
    public static Optional<Tool> find(String name) {
        for (String folder : searchPath().split(File.pathSeparator, -1)) {
            Path file = Path.of(folder, name);
            if (Files.isExecutable(file) && !Files.isDirectory(file)) {
                return Optional.of(new Tool(file));
            }
        }
        return Optional.empty();
    }

    /**
     * A program by its name.
     *
     * @param debianPackage the package of Debian and Ubuntu that holds it, for the message
     * @throws FindingException RB330 if this machine has it not
     */
    public static Tool require(String name, String debianPackage) {
        return find(name)
                .orElseThrow(() -> FindingException.environment(
                        Finding.error("RB330", "the program \"" + name + "\" is not on this machine's PATH")
                                .fix("Install it: on Debian and Ubuntu it is in the package " + debianPackage + ".")));
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
