package io.rosbalena.transfer;

import io.rosbalena.store.BlobStore;
import io.rosbalena.store.BlobWriter;
import io.rosbalena.store.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Transfers from {@code file} URIs; they need no network, so they work offline too. */
final class LocalFiles {
    private LocalFiles() {}

    static byte[] read(URI uri, long limit) throws IOException {
        try (InputStream in = open(uri)) {
            return Bounded.read(in, limit, uri);
        }
    }

    static void fetch(URI uri, Digest expected, long size, BlobStore store) throws IOException {
        try (InputStream in = open(uri);
                BlobWriter writer = store.create()) {
            in.transferTo(writer);
            if (size >= 0 && writer.size() != size) {
                throw new TransferException(
                        TransferException.Kind.SIZE, uri + " has " + writer.size() + " bytes instead of " + size);
            }
            writer.commit(expected);
        }
    }

    private static InputStream open(URI uri) throws IOException {
        Path file;
        try {
            file = Path.of(uri);
        } catch (IllegalArgumentException | FileSystemNotFoundException e) {
            throw new TransferException(TransferException.Kind.ADDRESS, uri + " does not name a local file", e);
        }
        if (Files.isDirectory(file)) {
            throw new TransferException(TransferException.Kind.ADDRESS, uri + " is a folder");
        }
        try {
            return Files.newInputStream(file);
        } catch (NoSuchFileException e) {
            throw new NotFoundException(uri);
        }
    }
}
