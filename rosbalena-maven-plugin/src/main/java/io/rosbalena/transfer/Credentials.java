package io.rosbalena.transfer;

import java.util.Optional;

/** Knows what a server wants to see. Asked only when that server is about to be asked for something. */
@FunctionalInterface
public interface Credentials {
    /** No server wants to see anything. */
    Credentials NONE = origin -> Optional.empty();

    /** The credential for exactly this server; it is sent to no other. */
    Optional<Credential> find(Origin origin);
}
