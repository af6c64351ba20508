package io.rosbalena.apt.deb;

import io.rosbalena.store.Digest;
import io.rosbalena.tree.Spool;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Opens packages that are needed more than once, for their facts and then for their files: each is unpacked the first
 * time, since nothing else takes as long, and until this is closed its data is kept in a scratch file, its control member
 * and the list of its files in memory. Safe for several threads.
 */
public final class UnpackedDebs implements Closeable {
    private final Path temporary;
    private final Map<Digest, ControlArchive> controls = new ConcurrentHashMap<>();
    private final Map<Digest, DebData> data = new ConcurrentHashMap<>();
    private final Queue<Spool> all = new ConcurrentLinkedQueue<>();

    /** Those that nobody writes to: one a thread, since creating and deleting one for each package costs time. */
    private final Queue<Spool> idle = new ConcurrentLinkedQueue<>();

    private UnpackedDebs(Path temporary) {
        this.temporary = temporary;
    }

    /**
     * Keeps data in a folder for scratch files; nothing is written before a package is unpacked.
     *
     * @param temporary has room for the unpacked data of all packages that will be opened
     */
    public static UnpackedDebs in(Path temporary) {
        return new UnpackedDebs(temporary);
    }

    /**
     * Opens a package.
     *
     * @param digest of its bytes, already proven
     * @param label how messages name it
     */
    public DebFile open(Path file, Digest digest, String label) throws IOException {
        return DebFile.open(file, label, new Kept(digest));
    }

    @Override
    public void close() throws IOException {
        for (Spool spool : all) {
            spool.close();
        }
    }

    private DebData unpack(DataPlace.Unpacking unpacking) throws IOException {
        Spool spool = idle.poll();
        if (spool == null) {
            spool = Spool.named(temporary);
            all.add(spool);
        }
        long before = spool.size();
        boolean done = false;
        try {
            DebData unpacked = unpacking.into(spool);
            done = true;
            return unpacked;
        } finally {
            if (!done) {
                spool.truncate(before);
            }
            idle.add(spool);
        }
    }

    private final class Kept implements DataPlace {
        /** Larger ones than any real package has are not held in memory for the sake of some milliseconds. */
        private static final int LARGEST_CONTROL = 4 << 20;

        private final Digest digest;

        Kept(Digest digest) {
            this.digest = digest;
        }

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
        public DebData data(Unpacking unpacking) throws IOException {
            DebData known = data.get(digest);
            if (known != null) {
                return known;
            }
            // Two threads may unpack the same package; what they get is the same.
            DebData unpacked = unpack(unpacking);
            data.put(digest, unpacked);
            return unpacked;
        }

        @Override
        public void letGo(DebData data) {
            // It is kept for the next one who needs it.
        }
    }
}
