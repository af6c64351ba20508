package io.rosbalena.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.commons.io.file.PathUtils;

/**
 * Takes things out of a store until it is small enough: what was used longest ago goes first. Everything in a store can
 * be made or fetched again, and a result whose blobs are gone does not count, so any part may go while nobody uses the
 * store.
 */
public final class StoreCleaning {
    private final BlobStore store;
    private final FolderSizes sizes;
    private final List<Item> items = new ArrayList<>();

    private StoreCleaning(BlobStore store) throws IOException {
        this.store = store;
        this.sizes = FolderSizes.read(store);
    }

    /**
     * Bytes that went and bytes that stayed.
     *
     * @param removed bytes freed
     * @param kept bytes still there
     */
    public record Outcome(long removed, long kept) {}

    private record Item(Path path, long size, FileTime used) {}

    /**
     * Shrinks a store, and removes what killed processes left half-written in it.
     *
     * @param limit the most bytes that may stay
     * @return nothing if a build, of this process or another, uses the store; it is then left as it is
     */
    public static Optional<Outcome> shrink(BlobStore store, long limit) throws IOException {
        Optional<StoreLock> shut = StoreUse.shut(store);
        if (shut.isEmpty()) {
            return Optional.empty();
        }
        try (StoreLock held = shut.get()) {
            return Optional.of(new StoreCleaning(store).shrink(limit));
        }
    }

    private Outcome shrink(long limit) throws IOException {
        removeHalfWritten();
        collect(store.root().resolve("blobs").resolve("sha256"));
        for (Path stage : children(store.root().resolve("results"))) {
            collect(stage);
        }
        collect(store.root().resolve("roots"));
        collect(store.root().resolve("layers"));
        collect(store.root().resolve("builds"));
        collectGrowing(store.root().resolve("ccache"));
        long kept = items.stream().mapToLong(Item::size).sum();
        long removed = 0;
        items.sort(Comparator.comparing(Item::used));
        for (Item item : items) {
            if (kept <= limit) {
                break;
            }
            remove(item.path());
            kept -= item.size();
            removed += item.size();
        }
        sizes.write();
        return new Outcome(removed, kept);
    }

    /** Nobody writes while the store is shut, so everything under a temporary name was given up. */
    private void removeHalfWritten() throws IOException {
        for (Path scratch : children(store.temporary())) {
            DirectoryRemoval.remove(scratch);
        }
        for (String folder : List.of("roots", "layers")) {
            for (Path child : children(store.root().resolve(folder))) {
                if (child.getFileName().toString().startsWith(".")) {
                    DirectoryRemoval.remove(child);
                }
            }
        }
    }

    /** A folder vanishes at once, so that one that is there is always whole. */
    private void remove(Path path) throws IOException {
        Path gone = store.temporary().resolve(UUID.randomUUID().toString());
        Files.move(path, gone, StandardCopyOption.ATOMIC_MOVE);
        DirectoryRemoval.remove(gone);
    }

    private void collect(Path folder) throws IOException {
        for (Path child : children(folder)) {
            BasicFileAttributes attributes =
                    Files.readAttributes(child, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            long size = attributes.isDirectory() ? sizes.of(child) : attributes.size();
            items.add(new Item(child, size, attributes.lastModifiedTime()));
        }
    }

    /** Folders that become larger with use, so that no size that was seen before counts. */
    private void collectGrowing(Path folder) throws IOException {
        for (Path child : children(folder)) {
            long size = PathUtils.countDirectory(child).getByteCounter().get();
            items.add(new Item(child, size, Files.getLastModifiedTime(child, LinkOption.NOFOLLOW_LINKS)));
        }
    }

    private static List<Path> children(Path folder) throws IOException {
        List<Path> children = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
                stream.forEach(children::add);
            }
        }
        return children;
    }
}
