package io.rosbalena.compose;

import io.rosbalena.tree.FileNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The project, from which a compose file may name other files. Names that leave it are refused, also by symbolic links.
 *
 * @param root the project's folder; empty for a text without a project
 */
record ProjectFolder(Optional<Path> root) {
    private static final long LARGEST = 1 << 20;

    /**
     * A name relative to {@code folder}, made relative to the project, without {@code .} and {@code ..}; empty when it
     * leaves the project or is absolute. The project itself is {@code .}.
     */
    static Optional<String> resolve(String folder, String name) {
        if (name.startsWith("/") || name.indexOf('\\') >= 0 || name.indexOf('\0') >= 0) {
            return Optional.empty();
        }
        Deque<String> parts = new ArrayDeque<>();
        for (String part : (folder + "/" + name).split("/", -1)) {
            if (part.equals("..")) {
                if (parts.pollLast() == null) {
                    return Optional.empty();
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return Optional.of(parts.isEmpty() ? "." : String.join("/", parts));
    }

    /** The folder that a file of the project stands in, relative to the project. */
    static String parent(String file) {
        int slash = file.lastIndexOf('/');
        return slash < 0 ? "." : file.substring(0, slash);
    }

    /**
     * The bytes of a file of the project.
     *
     * @param name relative to the project, from {@link #resolve}
     * @throws IOException with a sentence if there is no such file, or it is too large, or a link leads out
     */
    byte[] read(String name) throws IOException {
        if (root.isEmpty()) {
            throw new IOException("no project is there to read " + name + " from");
        }
        Path file = FileNames.resolve(root.get(), name);
        if (!Files.isRegularFile(file)) {
            throw new IOException(
                    Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                            ? name + " is not a file"
                            : "there is no file " + name);
        }
        if (!file.toRealPath().startsWith(root.get().toRealPath())) {
            throw new IOException(name + " is a link that leaves the project");
        }
        if (Files.size(file) > LARGEST) {
            throw new IOException(name + " is larger than 1 MiB");
        }
        return Files.readAllBytes(file);
    }
}
