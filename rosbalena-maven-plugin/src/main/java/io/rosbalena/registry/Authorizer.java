package io.rosbalena.registry;

import io.rosbalena.transfer.Credential;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.util.Optional;

/** Knows what a registry wants to see with a request. Safe for several threads. */
interface Authorizer {
    /** What to send with a request, as far as it is known. */
    Optional<Credential> credential(Scope scope) throws IOException;

    /**
     * Gets what a refused request needs.
     *
     * @param refused what was sent with it
     * @param headers of the answer that refused it
     * @return whether there is something else to send now
     */
    boolean answer(Scope scope, Optional<Credential> refused, HttpHeaders headers) throws IOException;
}
