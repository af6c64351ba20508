package io.rosbalena.robot.locking;

import io.rosbalena.apt.ArchiveId;
import io.rosbalena.apt.index.KeptIndexes;
import io.rosbalena.image.Descriptor;
import io.rosbalena.image.ImageManifest;
import io.rosbalena.image.Platform;
import io.rosbalena.lock.Lock;
import io.rosbalena.lock.LockedArchive;
import io.rosbalena.lock.LockedImage;
import io.rosbalena.lock.LockedPlatform;
import io.rosbalena.robot.project.RobotProject;
import io.rosbalena.robot.surroundings.Surroundings;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import io.rosbalena.store.KeyBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Gives the cache what a lock names, so that another machine, or a build in a year, needs no archive: packages, wheels,
 * databases, bases and finished images, and the signed indexes of the archives. Only what a digest of the lock leads to is
 * shared here. The layers that a build makes are not: their digests follow from computing them, and a cache that told them
 * could make a robot of its own; they need a signature.
 */
public final class Sharing {
    private final BlobStore store;
    private final List<String> architectures;
    private final SortedSet<Digest> found = new TreeSet<>();
    private boolean complete = true;

    private Sharing(Lock lock, BlobStore store) {
        this.store = store;
        this.architectures = lock.platforms().keySet().stream()
                .map(platform -> Platform.parse(platform).architecture())
                .toList();
    }

    /**
     * Gives what the cache lacks; asks it one question if it lacks nothing. That it cannot be given is told, and no error.
     *
     * @throws IOException if the store cannot be read
     */
    public static void give(RobotProject project, Lock lock, Surroundings surroundings) throws IOException {
        SortedSet<Digest> named = named(project, lock);
        Digest name = key("lock", named);
        if (surroundings.cache().isSettled(name, surroundings.console())) {
            return;
        }
        Sharing sharing = new Sharing(lock, surroundings.store());
        sharing.find(named, lock);
        List<Digest> blobs = List.copyOf(sharing.found);
        if (!sharing.complete) {
            // Under the lock's own name would never come what is missing now.
            name = key("part", blobs);
            if (blobs.isEmpty() || surroundings.cache().isSettled(name, surroundings.console())) {
                return;
            }
        }
        surroundings.cache().give(name, blobs, surroundings.console());
    }

    private static Digest key(String kind, Iterable<Digest> blobs) {
        KeyBuilder key = new KeyBuilder().add("shared", kind);
        blobs.forEach(blob -> key.add("blob", blob));
        return key.build();
    }

    private static SortedSet<Digest> named(RobotProject project, Lock lock) {
        SortedSet<Digest> named =
                new TreeSet<>(Databases.remote(project, lock.databases()).values());
        lock.archives().values().forEach(archive -> named.addAll(archive.states()));
        lock.images().values().forEach(image -> named.addAll(image.manifests().values()));
        for (LockedPlatform platform : lock.platforms().values()) {
            platform.base().manifest().ifPresent(named::add);
            platform.packages().forEach(one -> named.add(one.sha256()));
            platform.wheels().forEach(one -> named.add(one.sha256()));
        }
        return named;
    }

    private void find(SortedSet<Digest> named, Lock lock) throws IOException {
        named.forEach(this::add);
        for (Map.Entry<String, LockedArchive> archive : lock.archives().entrySet()) {
            for (Digest file : archive.getValue().states()) {
                addIndexes(ArchiveId.parse(archive.getKey()).component(), file);
            }
        }
        List<Digest> manifests = new ArrayList<>();
        lock.platforms().values().forEach(one -> one.base().manifest().ifPresent(manifests::add));
        for (LockedImage image : lock.images().values()) {
            manifests.addAll(image.manifests().values());
        }
        for (Digest manifest : manifests) {
            addParts(manifest);
        }
    }

    private void add(Digest blob) {
        if (store.has(blob)) {
            found.add(blob);
        } else {
            complete = false;
        }
    }

    private void addIndexes(String component, Digest inRelease) throws IOException {
        if (store.has(inRelease)) {
            Set<Digest> indexes = KeptIndexes.of(inRelease, component, architectures, store);
            complete &= !indexes.isEmpty();
            found.addAll(indexes);
        }
    }

    private void addParts(Digest manifest) throws IOException {
        if (!store.has(manifest)) {
            return;
        }
        ImageManifest image = ImageManifest.parse(store.bytes(manifest));
        add(image.config().digest());
        image.layers().stream().map(Descriptor::digest).forEach(this::add);
    }
}
