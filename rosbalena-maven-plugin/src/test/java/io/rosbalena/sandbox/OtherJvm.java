package io.rosbalena.sandbox;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Starts {@link SandboxProgram} in a JVM of its own, under another user or with fewer rights. */
final class OtherJvm {
    private final List<String> prefix;
    private final Path classes;

    private OtherJvm(List<String> prefix, Path classes) {
        this.prefix = prefix;
        this.classes = classes;
    }

    /**
     * @param folder a folder of temporary files, opened for every user; the classes are copied there
     * @param prefix a command that starts another, such as {@code setpriv}
     */
    static OtherJvm under(Path folder, String... prefix) throws IOException, URISyntaxException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path classes = Files.createDirectory(folder.resolve("classes"));
        for (Class<?> each : List.of(Sandbox.class, SandboxProgram.class)) {
            copy(
                    Path.of(each.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI()),
                    classes);
        }
        return new OtherJvm(List.of(prefix), classes);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path each : (Iterable<Path>) files::iterator) {
                String name = from.relativize(each).toString();
                if (name.isEmpty() || name.startsWith("golden") || name.startsWith("META-INF")) {
                    continue;
                }
                Path target = to.resolve(name);
                if (Files.isDirectory(each)) {
                    Files.createDirectories(target);
                    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
                } else {
                    Files.copy(each, target, StandardCopyOption.REPLACE_EXISTING);
                    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-r--r--"));
                }
            }
        }
    }

    Process start(Path root, Path out, String... command) throws IOException {
        List<String> line = new ArrayList<>(prefix);
        line.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "-Dsun.jnu.encoding=UTF-8",
                "-cp",
                classes.toString(),
                SandboxProgram.class.getName(),
                root.toString(),
                out.toString()));
        line.addAll(List.of(command));
        return new ProcessBuilder(line).redirectErrorStream(true).start();
    }
}
