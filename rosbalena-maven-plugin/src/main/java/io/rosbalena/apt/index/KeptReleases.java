package io.rosbalena.apt.index;

import io.rosbalena.apt.source.AptSource;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * {@code InRelease} files that a lock names: what archives said when it was made, for the time when they say nothing. Their
 * signatures count as on the day they were made; that this is long ago does not matter, since the lock wants this very file.
 */
final class KeptReleases {
    private final List<Kept> all = new ArrayList<>();

    private record Kept(Digest digest, ClearSigned document, Release release) {}

    /** @param files those of them that are not in the store do not count, and no more does what is no {@code InRelease} */
    KeptReleases(Collection<Digest> files, BlobStore store) throws IOException {
        for (Digest file : new TreeSet<>(files)) {
            if (store.has(file)) {
                read(file, store.bytes(file)).ifPresent(all::add);
            }
        }
    }

    private static Optional<Kept> read(Digest digest, byte[] bytes) {
        try {
            ClearSigned document = ClearSigned.kept(bytes);
            return Optional.of(new Kept(digest, document, Release.parse(document.text())));
        } catch (IOException | IllegalArgumentException e) {
            // Somebody wrote a digest into the lock that is another file's.
            return Optional.empty();
        }
    }

    /**
     * What a suite said.
     *
     * @param keys who may sign for it
     * @return none if several files answer, as of two archives that have one suite and one key
     */
    Optional<SignedRelease> find(Repository repository, TrustedKeys keys) {
        List<SignedRelease> found = new ArrayList<>();
        for (Kept kept : all) {
            Release release = kept.release();
            boolean asked = AptSource.isFlat(repository.suite())
                    || release.suite().equals(repository.suite())
                    || release.lastingSuite().equals(repository.suite());
            if (asked) {
                new SignatureCheck(kept.document(), keys, Optional.of(release.date()), repository.toString())
                        .signer()
                        .ifPresent(signer -> found.add(new SignedRelease(repository, release, signer, kept.digest())));
            }
        }
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }
}
