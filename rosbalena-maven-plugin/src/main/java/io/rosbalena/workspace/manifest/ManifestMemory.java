package io.rosbalena.workspace.manifest;

import io.rosbalena.store.AtomicFile;
import io.rosbalena.store.FileState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Valid manifests that were read before, by path and {@link FileState}: to read them from here takes a part of the time
 * that parsing takes in a program that has just started. Several threads may ask.
 */
public final class ManifestMemory {
    private final Optional<Path> memory;
    private final Map<String, Known> former;
    private final Map<String, Known> current = new ConcurrentHashMap<>();
    private final AtomicBoolean changed = new AtomicBoolean();

    /** A manifest and the state of its file when it was read. */
    record Known(String state, PackageManifest manifest) {}

    private ManifestMemory(Optional<Path> memory, Map<String, Known> former) {
        this.memory = memory;
        this.former = former;
    }

    /** Remembers nothing. */
    public static ManifestMemory none() {
        return new ManifestMemory(Optional.empty(), Map.of());
    }

    /** Opens the memory in a file, which need not exist; a file of another form is ignored and replaced. */
    public static ManifestMemory open(Path memory) throws IOException {
        return new ManifestMemory(
                Optional.of(memory),
                Files.isRegularFile(memory) ? ManifestCodec.decode(Files.readAllBytes(memory)) : Map.of());
    }

    /** Reads a manifest anew. */
    public interface Reading {
        /** The manifest; empty if it is not valid. */
        Optional<PackageManifest> read() throws IOException;
    }

    /** The manifest in a file: the one that is remembered, or what is read now. */
    public Optional<PackageManifest> find(Path file, Reading reading) throws IOException {
        Instant now = Instant.now();
        Optional<FileState> before = memory.isPresent() ? FileState.of(file) : Optional.empty();
        if (before.isEmpty()) {
            return reading.read();
        }
        String path = file.toString();
        Known known = former.get(path);
        if (known != null && known.state().equals(before.get().text())) {
            current.put(path, known);
            return Optional.of(known.manifest());
        }
        Optional<PackageManifest> manifest = reading.read();
        if (manifest.isPresent()
                && before.get().isSettled(now)
                && FileState.of(file).equals(before)) {
            current.put(path, new Known(before.get().text(), manifest.get()));
            changed.set(true);
        }
        return manifest;
    }

    /** Writes down what was asked for, if that is not what was known. */
    public void keep() throws IOException {
        if (memory.isPresent() && (changed.get() || current.size() < former.size())) {
            AtomicFile.writeUnsynced(memory.get(), ManifestCodec.encode(new TreeMap<>(current)));
        }
    }
}
