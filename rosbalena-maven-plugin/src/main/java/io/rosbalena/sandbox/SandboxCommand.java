package io.rosbalena.sandbox;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.tree.TreePath;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A command inside a root. The network has only a loopback interface, the root is read-only, {@code /tmp}, {@code /run}
 * and {@code /dev} are fresh; the umask is 022.
 *
 * @param root the root directory on this machine
 * @param binds what of this machine is seen inside, in mount order
 * @param workingDirectory absolute path inside
 * @param environment the whole environment; nothing is inherited
 * @param arguments program and arguments
 */
public record SandboxCommand(
        Path root, List<Bind> binds, String workingDirectory, Map<String, String> environment, List<String> arguments) {

    /** What is fresh for each command. */
    static final List<String> OWN_MOUNT_POINTS = List.of("/dev", "/proc", "/run", "/tmp");

    public SandboxCommand {
        binds = List.copyOf(binds);
        environment = Map.copyOf(environment);
        arguments = List.copyOf(arguments);
        if (arguments.isEmpty()) {
            throw new IllegalArgumentException("no program to run");
        }
        if (!workingDirectory.startsWith("/")) {
            throw new IllegalArgumentException("not an absolute working directory: " + workingDirectory);
        }
        for (String key : environment.keySet()) {
            if (key.isEmpty() || key.indexOf('=') >= 0) {
                throw new IllegalArgumentException("not the name of a variable: \"" + key + "\"");
            }
        }
    }

    /** The absolute paths inside that show something else than the root's own files. */
    List<String> mountPoints() {
        return Stream.concat(OWN_MOUNT_POINTS.stream(), binds.stream().map(Bind::target))
                .toList();
    }

    /** The same command in another root. */
    SandboxCommand at(Path otherRoot) {
        return new SandboxCommand(otherRoot, binds, workingDirectory, environment, arguments);
    }

    /**
     * Checks that every place where something is mounted is a directory of the root and reached by no link, which would
     * lead out of it.
     *
     * @throws FindingException RB334 with each place that is not
     */
    void checkMountPoints() {
        List<Finding> missing = mountPoints().stream()
                .filter(target -> !isRealDirectory(target))
                .map(target -> Finding.error("RB334", "the root " + root + " has no directory " + target)
                        .fix("It must have an empty directory there, and no symbolic link on the way to it."))
                .toList();
        if (!missing.isEmpty()) {
            throw new FindingException(FindingException.Kind.ENVIRONMENT, missing);
        }
    }

    private boolean isRealDirectory(String target) {
        Path place = root;
        for (String part : TreePath.parse(target).components()) {
            place = place.resolve(part);
            if (!Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
                return false;
            }
        }
        return true;
    }

    /**
     * A directory of this machine, seen inside.
     *
     * @param source directory on this machine
     * @param target absolute path inside, where the root has an empty directory
     * @param writable whether the command may write there
     */
    public record Bind(Path source, String target, boolean writable) {
        public Bind {
            if (!target.startsWith("/") || TreePath.parse(target).isRoot()) {
                throw new IllegalArgumentException("not an absolute path below the root: " + target);
            }
        }
    }
}
