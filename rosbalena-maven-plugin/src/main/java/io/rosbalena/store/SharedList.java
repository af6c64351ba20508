package io.rosbalena.store;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Blobs that a {@link RemoteStore} keeps together under a name.
 *
 * @param type what the list is, as a media type
 * @param files in their order
 * @param notes on the list, by names as annotations have them
 */
public record SharedList(String type, List<File> files, SortedMap<String, String> notes) {
    /** Stands for something that is there and is no such list. */
    public static final SharedList OTHER = new SharedList("", List.of(), new TreeMap<>());

    /**
     * One of the blobs.
     *
     * @param size bytes
     */
    public record File(Digest digest, long size) {}

    public SharedList {
        files = List.copyOf(files);
        notes = Collections.unmodifiableSortedMap(new TreeMap<>(notes));
    }
}
