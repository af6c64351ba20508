package io.rosbalena.registry;

import io.rosbalena.transfer.Credential;
import io.rosbalena.transfer.HttpExchange;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Answers a registry's challenges with a login and remembers what it accepted. */
final class LoginAuthorizer implements Authorizer {
    private final TokenEndpoint tokens;
    private final String host;
    private final Logins logins;
    private final Map<Scope, Credential> accepted = new HashMap<>();
    private final Map<String, Optional<Login>> known = new HashMap<>();

    LoginAuthorizer(HttpExchange exchange, String host, Logins logins) {
        this.tokens = new TokenEndpoint(exchange);
        this.host = host;
        this.logins = logins;
    }

    @Override
    public synchronized Optional<Credential> credential(Scope scope) {
        return Optional.ofNullable(accepted.get(scope));
    }

    @Override
    public synchronized boolean answer(Scope scope, Optional<Credential> refused, HttpHeaders headers)
            throws IOException {
        Optional<Credential> current = credential(scope);
        if (!current.equals(refused)) {
            return true;
        }
        Optional<Login> login = known.computeIfAbsent(scope.repository(), name -> logins.find(host, name));
        Optional<Challenge> challenge = Challenge.read(headers);
        if (challenge.isEmpty() || (refused.isPresent() && challenge.get().wantsMoreRights())) {
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
