package io.rosbalena.apt.index;

import java.time.Instant;
import java.util.Optional;

/**
 * Who vouches for a Release file.
 *
 * @param fingerprint of the primary key, upper-case hex
 * @param expires when the key ends
 */
record Signer(String fingerprint, Optional<Instant> expires) {}
