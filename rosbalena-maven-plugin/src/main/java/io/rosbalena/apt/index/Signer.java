package io.rosbalena.apt.index;

import java.time.Instant;
import java.util.Optional;

/**
 * Who vouches for a Release file.
 *
 * @param fingerprint of the primary key, upper-case hex; empty where nobody vouches
 * @param expires when the key ends
 */
record Signer(String fingerprint, Optional<Instant> expires) {
    /** Nobody: the user allows it. */
    static final Signer NOBODY = new Signer("", Optional.empty());
}
