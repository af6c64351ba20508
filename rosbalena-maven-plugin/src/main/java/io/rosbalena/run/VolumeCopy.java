package io.rosbalena.run;

import io.rosbalena.sandbox.Copying;
import io.rosbalena.store.DirectoryRemoval;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A volume in the root of a service that nothing can be mounted in: copied there before the service starts, and back after
 * it has ended. Several services may have a copy of one volume at the same time, so only what this service did to its copy
 * comes back. Where two did something to the same file, the one that ended last has it.
 */
final class VolumeCopy {
    // While a copy comes back no other may be made. All volumes together: there is one disk.
    private static final Object ONE_AT_A_TIME = new Object();

    private final Path volume;
    private final Path place;
    private FileStates before = new FileStates(Map.of());

    /**
     * @param volume the volume's folder, made if it is missing
     * @param place a directory in the service's root
     */
    VolumeCopy(Path volume, Path place) {
        this.volume = volume;
        this.place = place;
    }

    /** Makes the place hold what the volume holds. */
    void bringIn() throws IOException, InterruptedException {
        synchronized (ONE_AT_A_TIME) {
            if (Mounts.isEmpty(Files.createDirectories(volume))) {
                Copying.replace(place, volume);
            } else {
                Copying.replace(volume, place);
            }
            before = FileStates.below(place);
        }
    }

    /** Does to the volume what the service did to its copy since {@link #bringIn}. */
    void bringBack() throws IOException {
        synchronized (ONE_AT_A_TIME) {
            FileStates now = FileStates.below(place);
            for (Path path : now.removedSince(before)) {
                remove(path);
            }
            for (Path path : now.changedSince(before)) {
                makeDirectories(path.getParent());
                if (Files.isDirectory(place.resolve(path), LinkOption.NOFOLLOW_LINKS)) {
                    makeDirectory(path);
                    MergedLayers.copyAttributes(place.resolve(path), volume.resolve(path));
                } else {
                    copy(path);
                }
            }
            before = now;
        }
    }

    private void remove(Path path) throws IOException {
        Path file = volume.resolve(path);
        Optional<FileStates.State> there = FileStates.State.of(file);
        Optional<FileStates.State> known = before.of(path);
        // What this service never saw, it did not remove.
        if (there.isEmpty() || known.isEmpty() || !there.get().looksLike(known.get()) || isBehindLink(path)) {
            return;
        }
        try {
            Files.delete(file);
        } catch (DirectoryNotEmptyException e) {
            // Another service has put something into it.
        }
    }

    /** Through a link in the volume a path would lead to this machine's files. */
    private boolean isBehindLink(Path path) {
        for (Path parent = path.getParent(); parent != null; parent = parent.getParent()) {
            if (Files.isSymbolicLink(volume.resolve(parent))) {
                return true;
            }
        }
        return false;
    }

    private void makeDirectories(@Nullable Path path) throws IOException {
        if (path != null) {
            makeDirectories(path.getParent());
            if (makeDirectory(path)) {
                MergedLayers.copyAttributes(place.resolve(path), volume.resolve(path));
            }
        }
    }

    /** Whether it was missing. Whatever else stood there, and be it a link, makes room. */
    private boolean makeDirectory(Path path) throws IOException {
        Path directory = volume.resolve(path);
        if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        DirectoryRemoval.remove(directory);
        Files.createDirectory(directory);
        return true;
    }

    private void copy(Path path) throws IOException {
        Path file = volume.resolve(path);
        DirectoryRemoval.remove(file);
        Files.copy(place.resolve(path), file, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
    }
}
