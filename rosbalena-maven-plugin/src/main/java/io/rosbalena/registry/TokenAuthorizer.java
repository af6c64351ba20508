package io.rosbalena.registry;

import io.rosbalena.transfer.Credential;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.util.Optional;

/** Sends a ready token with every request, the first one included, so that none is refused only to be sent again. */
final class TokenAuthorizer implements Authorizer {
    private final ReadyToken source;
    private Optional<Credential> current = Optional.empty();

    TokenAuthorizer(ReadyToken source) {
        this.source = source;
    }

    @Override
    public synchronized Optional<Credential> credential(Scope scope) throws IOException {
        if (current.isEmpty()) {
            current = Optional.of(Credential.bearer(source.token()));
        }
        return current;
    }

    @Override
    public synchronized boolean answer(Scope scope, Optional<Credential> refused, HttpHeaders headers)
            throws IOException {
        if (!current.equals(refused)) {
            return true;
        }
        if (Challenge.read(headers).filter(Challenge::wantsMoreRights).isPresent()) {
            return false;
        }
        current = Optional.of(Credential.bearer(source.token()));
        return !current.equals(refused);
    }
}
