package io.rosbalena.lock;

import io.rosbalena.store.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An apt archive as its signed {@code InRelease} names itself (Debian policy has no host in it either).
 *
 * @param origin {@code Origin} field
 * @param label {@code Label} field
 * @param suite the suite by its lasting name, for example {@code bookworm-updates}
 * @param component one component, for example {@code main}; empty for a flat archive
 * @param key fingerprint of the key that signed it, upper-case hex; {@link #UNSIGNED} for an archive without signature
 * @param keyExpires day on which that key expires, {@code yyyy-mm-dd}
 * @param inRelease digest of the {@code InRelease} file
 * @param date {@code Date} field in ISO-8601, UTC
 * @param also digests of further {@code InRelease} files, where platforms have it from places in different states
 */
public record LockedArchive(
        String origin,
        String label,
        String suite,
        String component,
        String key,
        Optional<String> keyExpires,
        Digest inRelease,
        String date,
        List<Digest> also) {

    /** Stands for the key of an archive that nobody vouches for. */
    public static final String UNSIGNED = "unsigned";

    public LockedArchive {
        also = List.copyOf(also);
    }

    /** The digests of all its {@code InRelease} files. */
    public List<Digest> states() {
        List<Digest> all = new ArrayList<>(List.of(inRelease));
        all.addAll(also);
        return List.copyOf(all);
    }

    /** The same for the platforms of both. */
    public LockedArchive and(LockedArchive other) {
        if (other.inRelease().equals(inRelease) || also.contains(other.inRelease())) {
            return this;
        }
        List<Digest> more = new ArrayList<>(also);
        more.add(other.inRelease());
        return new LockedArchive(origin, label, suite, component, key, keyExpires, inRelease, date, more);
    }

    /** Whether nobody vouches for it. */
    public boolean isUnsigned() {
        return key.equals(UNSIGNED);
    }
}
