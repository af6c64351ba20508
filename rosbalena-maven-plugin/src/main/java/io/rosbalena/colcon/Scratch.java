package io.rosbalena.colcon;

import io.rosbalena.store.BlobStore;
import io.rosbalena.store.DirectoryRemoval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * The folders of one colcon run on this machine; gone when it is closed.
 *
 * @param folder in the store's scratch space
 * @param sources what holds the sources: the same folder, or one on another disk
 */
record Scratch(Path folder, Path sources) implements AutoCloseable {

    static Scratch create(BlobStore store) throws IOException {
        Path folder = folder(store);
        return create(folder, folder);
    }

    /**
     * The same with the sources elsewhere.
     *
     * @param sources a folder for them, which goes with the others
     */
    static Scratch create(BlobStore store, Path sources) throws IOException {
        return create(folder(store), sources);
    }

    private static Path folder(BlobStore store) {
        return store.temporary().resolve("compile-" + UUID.randomUUID());
    }

    private static Scratch create(Path folder, Path sources) throws IOException {
        Scratch scratch = new Scratch(folder, sources);
        for (Path child :
                new Path[] {scratch.source(), scratch.build(), scratch.install(), scratch.log(), scratch.split()}) {
            Files.createDirectories(child);
        }
        return scratch;
    }

    Path source() {
        return sources.resolve("src");
    }

    Path build() {
        return folder.resolve("build");
    }

    Path install() {
        return folder.resolve("install");
    }

    Path log() {
        return folder.resolve("log");
    }

    /** What was made from installed files: the stripped ones, and their debug files. */
    Path split() {
        return folder.resolve("split");
    }

    @Override
    public void close() throws IOException {
        // A build may leave directories that its owner cannot write.
        DirectoryRemoval.remove(sources);
        DirectoryRemoval.remove(folder);
    }
}
