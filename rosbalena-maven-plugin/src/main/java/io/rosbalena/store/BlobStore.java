package io.rosbalena.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * Content-addressed files: {@code blobs/sha256/<hex>}, read-only, complete or absent. Safe for several threads and
 * several processes; a process killed at any point leaves at most a file below {@code tmp/}.
 */
public final class BlobStore {
    private final Path root;
    private final Path blobs;
    private final Path temporary;
    private volatile boolean grown;

    private BlobStore(Path root) {
        this.root = root;
        this.blobs = root.resolve("blobs").resolve("sha256");
        this.temporary = root.resolve("tmp");
    }

    /** Opens the store at a folder, which is made if it is missing. */
    public static BlobStore open(Path root) throws IOException {
        BlobStore store = new BlobStore(root.toAbsolutePath().normalize());
        Files.createDirectories(store.blobs);
        Files.createDirectories(store.temporary);
        return store;
    }

    /** The folder of the whole store: {@code blobs}, {@code results}, {@code roots}, {@code builds}, {@code locks}, {@code
     * tmp}. */
    public Path root() {
        return root;
    }

    /** Where scratch files stand while they are written; on the same file system as the blobs. */
    public Path temporary() {
        return temporary;
    }

    /**
     * Whether a blob is there. Who asks is going to use it: it counts as used now. One that something else wrote to is
     * read, and removed if it is not what it was.
     */
    public boolean has(Digest digest) {
        Path file = path(digest);
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (!attributes.isRegularFile()) {
                return false;
            }
            if (!StoreTime.isOne(attributes.lastModifiedTime())) {
                return isStill(digest, file);
            }
            LastUse.mark(file, attributes.lastModifiedTime());
            return true;
        } catch (IOException e) {
            // As Files.isRegularFile has it: what cannot be looked at is not there.
            return false;
        }
    }

    private static boolean isStill(Digest digest, Path file) throws IOException {
        if (!Digest.of(file).equals(digest)) {
            Files.delete(file);
            return false;
        }
        LastUse.mark(file);
        return true;
    }

    /** Whether a blob is there with so many bytes. One of another size was damaged with its disk; it is removed. */
    public boolean has(Digest digest, long size) throws IOException {
        if (!has(digest)) {
            return false;
        }
        boolean whole = size(digest) == size;
        if (!whole) {
            Files.delete(path(digest));
        }
        return whole;
    }

    /** Marks a folder of the store, such as a root or a layer, as used now. */
    public void markUsed(Path folder) throws IOException {
        LastUse.mark(folder, LastUse.of(folder));
    }

    /** Says that the store holds more than before. */
    public void grown() {
        grown = true;
    }

    /** Whether anything large was added since this store was opened. */
    public boolean hasGrown() {
        return grown;
    }

    /** The file of a blob, whether it is there or not. Never written to. */
    public Path path(Digest digest) {
        return blobs.resolve(digest.hex());
    }

    /** The file of a blob that is there. */
    public Optional<Path> find(Digest digest) {
        return has(digest) ? Optional.of(path(digest)) : Optional.empty();
    }

    public InputStream read(Digest digest) throws IOException {
        return Files.newInputStream(path(digest));
    }

    public byte[] bytes(Digest digest) throws IOException {
        return Files.readAllBytes(path(digest));
    }

    public long size(Digest digest) throws IOException {
        return Files.size(path(digest));
    }

    /** Starts a new blob; it appears under its name only by {@link BlobWriter#commit}. */
    public BlobWriter create() throws IOException {
        return new BlobWriter(this);
    }

    /** Stores these bytes. */
    public Digest put(byte[] bytes) throws IOException {
        Digest digest = Digest.of(bytes);
        if (!has(digest)) {
            try (BlobWriter writer = create()) {
                writer.write(bytes);
                writer.commit();
            }
        }
        return digest;
    }

    /** Stores the rest of a stream, which is not closed. */
    public Digest put(InputStream in) throws IOException {
        try (BlobWriter writer = create()) {
            in.transferTo(writer);
            return writer.commit();
        }
    }
}
