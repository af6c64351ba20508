package io.rosbalena.lock;

import io.rosbalena.store.Digest;
import java.util.Optional;

/**
 * An apt archive as its signed {@code InRelease} names itself (Debian policy has no host in it either).
 *
 * @param origin {@code Origin} field
 * @param label {@code Label} field
 * @param suite the suite by its lasting name, for example {@code bookworm-updates}
 * @param component one component, for example {@code main}; empty for a flat archive
 * @param key fingerprint of the key that signed it, upper-case hex; empty for an archive without signature
 * @param keyExpires day on which that key expires, {@code yyyy-mm-dd}
 * @param inRelease digest of the {@code InRelease} file
 * @param date {@code Date} field in ISO-8601, UTC
 */
public record LockedArchive(
        String origin,
        String label,
        String suite,
        String component,
        String key,
        Optional<String> keyExpires,
        Digest inRelease,
        String date) {}
