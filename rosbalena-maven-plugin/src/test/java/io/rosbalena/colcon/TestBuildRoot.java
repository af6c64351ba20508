package io.rosbalena.colcon;

import io.rosbalena.store.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A build root for tests, made by mmdebstrap from the machine's own apt sources. It takes minutes, so it is kept in the
 * temporary directory under the digest of its package list; the calling test is skipped where it cannot be made.
 */
public final class TestBuildRoot {
    private static final Path SOURCES = Path.of("/etc/apt/sources.list");
    private static final Path MORE_SOURCES = Path.of("/etc/apt/sources.list.d");

    private TestBuildRoot() {}

    /** The root, made if it is not there. */
    public static synchronized BuildRoot require() throws IOException, InterruptedException {
        SortedSet<String> packages = new TreeSet<>(
                BuildRootPackages.forOs("debian", "bookworm", Set.of("ament_cmake", "ament_python", "cmake")));
        packages.addAll(List.of(
                "ament-cmake",
                "ament-cmake-googletest",
                "ament-cmake-pytest",
                "ament-cmake-python",
                "cyclonedds-dev",
                "cyclonedds-tools",
                "python3-pytest"));
        Digest digest = Digest.of(packages.toString());
        Path root = Path.of(System.getProperty("java.io.tmpdir"))
                .resolve("rosbalena-test-root-" + digest.hex().substring(0, 12));
        Path complete = root.resolve("complete");
        if (!Files.exists(complete)) {
            make(root, packages);
            for (String folder : List.of("src", "build", "install", "log")) {
                Files.createDirectories(root.resolve("ros2_ws").resolve(folder));
            }
            Files.createFile(complete);
        }
        return new BuildRoot(root, digest);
    }

    private static void make(Path root, Set<String> packages) throws IOException, InterruptedException {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/mmdebstrap")), "skipped: mmdebstrap is not here");
        // Under another user it makes files of uids that this user's namespaces of one uid do not have.
        Assumptions.assumeTrue(
                ((Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid")) == 0,
                "skipped: only root can do this");
        List<String> command = new ArrayList<>(
                List.of("mmdebstrap", "--variant=apt", "--include=" + String.join(",", packages), "", root.toString()));
        sources().map(Path::toString).forEach(command::add);
        Path log = Files.createTempFile("mmdebstrap", ".log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended = process.waitFor(15, TimeUnit.MINUTES);
        Assumptions.assumeTrue(
                ended && process.exitValue() == 0, () -> "skipped: mmdebstrap could not make a root, see " + log);
        Files.delete(log);
    }

    private static Stream<Path> sources() throws IOException {
        List<Path> files = new ArrayList<>();
        if (Files.exists(SOURCES)) {
            files.add(SOURCES);
        }
        if (Files.isDirectory(MORE_SOURCES)) {
            try (Stream<Path> children = Files.list(MORE_SOURCES)) {
                children.filter(child -> child.toString().endsWith(".list")
                                || child.toString().endsWith(".sources"))
                        .sorted()
                        .forEach(files::add);
            }
        }
        return files.stream();
    }
}
