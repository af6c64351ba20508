package io.rosbalena.apt.index;

import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The package indexes that the store has of a Release file that it has, so that others can have them by digest. */
public final class KeptIndexes {
    private KeptIndexes() {}

    /**
     * Packed or not, as the store has them.
     *
     * @param file digest of an {@code InRelease} or {@code Release}, which must be in the store
     * @param component of which the indexes are; empty for a flat archive
     * @param architectures in Debian's words
     * @return none if it is no Release file
     * @throws IOException if the store cannot be read
     */
    public static Set<Digest> of(Digest file, String component, Collection<String> architectures, BlobStore store)
            throws IOException {
        Set<Digest> kept = new TreeSet<>();
        Release release;
        try {
            release = read(store.bytes(file));
        } catch (IllegalArgumentException e) {
            // Somebody wrote a digest into the lock that is another file's.
            return kept;
        }
        for (String folder : folders(component, architectures)) {
            for (Compression compression : Compression.values()) {
                Release.IndexFile index = release.files().get(folder + "Packages" + compression.suffix());
                if (index != null && store.has(index.sha256(), index.size())) {
                    kept.add(index.sha256());
                }
            }
        }
        return kept;
    }

    private static List<String> folders(String component, Collection<String> architectures) {
        if (component.isEmpty()) {
            return List.of("");
        }
        Set<String> folders = new TreeSet<>(Set.of(component + "/binary-all/"));
        architectures.forEach(one -> folders.add(component + "/binary-" + one + "/"));
        return List.copyOf(folders);
    }

    private static Release read(byte[] bytes) {
        try {
            return Release.parse(ClearSigned.kept(bytes).text());
        } catch (IOException e) {
            throw new IllegalArgumentException("neither signed nor not", e);
        }
    }
}
