package io.rosbalena.apt;

import io.rosbalena.store.Digest;
import java.time.Instant;
import java.util.Optional;

/**
 * A part of an archive as it was seen once: what a lock writes down of it.
 *
 * @param id which archive
 * @param key fingerprint of the primary key that signed it, upper-case hex; empty for an archive without signature
 * @param keyExpires when that key ends; empty if it does not
 * @param inRelease digest of the signed file
 * @param date {@code Date} of the Release file
 */
public record Archive(ArchiveId id, String key, Optional<Instant> keyExpires, Digest inRelease, Instant date) {}
