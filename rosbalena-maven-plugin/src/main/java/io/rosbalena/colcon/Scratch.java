package io.rosbalena.colcon;

import io.rosbalena.store.BlobStore;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The folders of one colcon run on this machine, in the store's scratch space; gone when it is closed. */
record Scratch(Path folder) implements AutoCloseable {

    static Scratch create(BlobStore store) throws IOException {
        Scratch scratch = new Scratch(store.temporary().resolve("compile-" + UUID.randomUUID()));
        for (Path child :
                new Path[] {scratch.source(), scratch.build(), scratch.install(), scratch.log(), scratch.split()}) {
            Files.createDirectories(child);
        }
        return scratch;
    }

    Path source() {
        return folder.resolve("src");
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
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                // A build may leave directories that its owner cannot write.
                Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failed) throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
