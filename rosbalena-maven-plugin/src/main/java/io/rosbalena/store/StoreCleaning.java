package io.rosbalena.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.io.file.PathUtils;
import org.apache.commons.io.file.StandardDeleteOption;

/**
 * Takes things out of a store until it is small enough: what was used longest ago goes first. Everything in a store can
 * be made or fetched again, and a result whose blobs are gone does not count, so any part may go at any time.
 */
public final class StoreCleaning {
    private StoreCleaning() {}

    /**
     * Bytes that went and bytes that stayed.
     *
     * @param removed bytes freed
     * @param kept bytes still there
     */
    public record Outcome(long removed, long kept) {}

    private record Item(Path path, long size, FileTime used) {}

    /**
     * Shrinks a store.
     *
     * @param limit the most bytes that may stay
     */
    public static Outcome shrink(BlobStore store, long limit) throws IOException {
        try (StoreLock lock = StoreLock.acquire(store, "clean")) {
            List<Item> items = new ArrayList<>();
            for (String folder : List.of("blobs/sha256", "results", "roots", "layers", "tmp")) {
                collect(store.root().resolve(folder), folder.equals("results") ? 2 : 1, items);
            }
            long kept = items.stream().mapToLong(Item::size).sum();
            long removed = 0;
            items.sort(Comparator.comparing(Item::used));
            for (Item item : items) {
                if (kept <= limit) {
                    break;
                }
                PathUtils.delete(item.path(), StandardDeleteOption.OVERRIDE_READ_ONLY);
                kept -= item.size();
                removed += item.size();
            }
            return new Outcome(removed, kept);
        }
    }

    private static void collect(Path folder, int depth, List<Item> items) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (var children = Files.newDirectoryStream(folder)) {
            for (Path child : children) {
                if (depth > 1) {
                    collect(child, depth - 1, items);
                } else {
                    items.add(measure(child));
                }
            }
        }
    }

    private static Item measure(Path path) throws IOException {
        BasicFileAttributes attributes =
                Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        long size = attributes.isDirectory()
                ? PathUtils.countDirectory(path).getByteCounter().get()
                : attributes.size();
        FileTime used = attributes.lastAccessTime().compareTo(attributes.lastModifiedTime()) > 0
                ? attributes.lastAccessTime()
                : attributes.lastModifiedTime();
        return new Item(path, size, used);
    }
}
