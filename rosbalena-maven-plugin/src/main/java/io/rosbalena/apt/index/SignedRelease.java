package io.rosbalena.apt.index;

import io.rosbalena.store.Digest;

/**
 * A Release file that a trusted key signed.
 *
 * @param repository where it was found
 * @param release what it says
 * @param signer who signed it
 * @param digest of the {@code InRelease} or {@code Release} as fetched
 */
record SignedRelease(Repository repository, Release release, Signer signer, Digest digest) {}
