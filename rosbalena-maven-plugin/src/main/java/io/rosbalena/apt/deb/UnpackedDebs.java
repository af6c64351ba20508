package io.rosbalena.apt.deb;

import io.rosbalena.store.Digest;
import io.rosbalena.tree.Spool;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.io.FileUtils;

/**
 * Opens packages that are needed more than once, for their facts and then for their files: each is unpacked the first
 * time, since nothing else takes as long, and until this is closed its data is kept in a scratch file and its control member
 * in memory. Safe for several threads.
 */
public final class UnpackedDebs implements Closeable {
    private final Path folder;
    private final Map<Digest, ControlArchive> controls = new ConcurrentHashMap<>();

    private UnpackedDebs(Path folder) {
        this.folder = folder;
    }

    /**
     * Keeps data below a folder for scratch files; nothing is written before a package is unpacked.
     *
     * @param temporary has room for the unpacked data of all packages that will be opened
     */
    public static UnpackedDebs in(Path temporary) {
        return new UnpackedDebs(temporary.resolve(UUID.randomUUID() + ".debs"));
    }

    /**
     * Opens a package.
     *
     * @param digest of its bytes, already proven
     * @param label how messages name it
     */
    public DebFile open(Path file, Digest digest, String label) throws IOException {
        return DebFile.open(file, label, new Kept(folder, controls, digest));
    }

    @Override
    public void close() throws IOException {
        if (Files.exists(folder)) {
            FileUtils.deleteDirectory(folder.toFile());
        }
    }

    private record Kept(Path folder, Map<Digest, ControlArchive> controls, Digest digest) implements DataPlace {
        /** Larger ones than any real package has are not held in memory for the sake of some milliseconds. */
        private static final int LARGEST_CONTROL = 4 << 20;

        @Override
        public Optional<ControlArchive> control() {
            return Optional.ofNullable(controls.get(digest));
        }

        @Override
        public void keep(ControlArchive control) {
            long size = control.members().values().stream()
                    .mapToLong(member -> member.bytes().length)
                    .sum();
            if (size <= LARGEST_CONTROL) {
                controls.put(digest, control);
            }
        }

        @Override
        public Optional<Spool> find() throws IOException {
            return Files.exists(file()) ? Optional.of(Spool.open(file())) : Optional.empty();
        }

        @Override
        public Spool create() throws IOException {
            return Spool.create(Files.createDirectories(folder).resolve(UUID.randomUUID() + ".part"));
        }

        @Override
        public void keep(Spool complete) throws IOException {
            // Two threads may have unpacked the same package; their files are the same.
            Files.move(complete.file(), file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }

        private Path file() {
            return folder.resolve(digest.hex() + ".tar");
        }
    }
}
