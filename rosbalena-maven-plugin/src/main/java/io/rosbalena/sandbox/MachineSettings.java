package io.rosbalena.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What the machine's kernel settings say about namespaces, to explain a refusal. */
@FunctionalInterface
interface MachineSettings {
    /** The settings of the machine that this runs on. */
    MachineSettings OF_THIS_MACHINE = file -> {
        try {
            return Optional.of(Files.readString(Path.of(file)).strip());
        } catch (IOException e) {
            // Kernels lack some of these files, and that is an answer.
            return Optional.empty();
        }
    };

    /** The text of a file below {@code /proc} or elsewhere, stripped; empty if it cannot be read. */
    Optional<String> read(String file);

    /** A kernel setting, by the name that {@code sysctl} uses. */
    default Optional<String> sysctl(String key) {
        return read("/proc/sys/" + key.replace('.', '/'));
    }

    /** Whether a seccomp filter, such as a container engine's, limits this process. */
    default boolean isFiltered() {
        return read("/proc/self/status").orElse("").lines().anyMatch(line -> line.matches("Seccomp:\\s*2"));
    }
}
