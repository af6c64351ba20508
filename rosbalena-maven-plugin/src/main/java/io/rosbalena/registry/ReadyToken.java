package io.rosbalena.registry;

import java.io.IOException;

/** A token for a registry that somebody else hands out, for all repositories at once: balena's API does. */
@FunctionalInterface
public interface ReadyToken {
    /**
     * The token. It is asked for before the first request, and again when the registry says that the token is no longer
     * valid; who gives the same one again has no other.
     *
     * @throws IOException if there is none to be had
     */
    String token() throws IOException;
}
