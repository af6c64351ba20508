package io.rosbalena.registry;

import io.rosbalena.transfer.Credential;
import io.rosbalena.transfer.HttpExchange;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Answers a registry's challenges and remembers what it accepted. Safe for several threads. */
final class Authorizer {
    private final TokenEndpoint tokens;
    private final String host;
    private final Logins logins;
    private final Map<Scope, Credential> accepted = new HashMap<>();
    private final Map<String, Optional<Login>> known = new HashMap<>();

    Authorizer(HttpExchange exchange, String host, Logins logins) {
        this.tokens = new TokenEndpoint(exchange);
        this.host = host;
        this.logins = logins;
    }

    /** What to send with a request, as far as it is known. */
    synchronized Optional<Credential> credential(Scope scope) {
        return Optional.ofNullable(accepted.get(scope));
    }

    /**
     * Gets what a refused request needs.
     *
     * @param refused what was sent with it
     * @return whether there is something else to send now
     */
    synchronized boolean answer(Scope scope, Optional<Credential> refused, HttpHeaders headers) throws IOException {
        Optional<Credential> current = credential(scope);
        if (!current.equals(refused)) {
            return true;
        }
        Optional<Login> login = known.computeIfAbsent(scope.repository(), name -> logins.find(host, name));
        Optional<Challenge> challenge = Challenge.read(headers);
        if (challenge.isEmpty()) {
            return false;
        }
        if (login.isPresent() && login.get().kind() == Login.Kind.BEARER_TOKEN) {
            accepted.put(scope, Credential.bearer(login.get().secret()));
            return refused.isEmpty();
        }
        if (challenge.get().scheme().equals("bearer")) {
            accepted.put(scope, Credential.bearer(tokens.token(challenge.get(), scope, login)));
            return true;
        }
        if (refused.isPresent() || login.isEmpty() || login.get().kind() != Login.Kind.PASSWORD) {
            return false;
        }
        accepted.put(scope, Credential.basic(login.get().user(), login.get().secret()));
        return true;
    }
}
