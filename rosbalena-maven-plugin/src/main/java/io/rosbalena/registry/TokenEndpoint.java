package io.rosbalena.registry;

import io.rosbalena.json.Json;
import io.rosbalena.json.JsonValue;
import io.rosbalena.transfer.Answer;
import io.rosbalena.transfer.Bounded;
import io.rosbalena.transfer.Credential;
import io.rosbalena.transfer.HttpExchange;
import io.rosbalena.transfer.Location;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.StringJoiner;

/** The token server that a registry names, see distribution {@code spec/auth/token.md} and {@code oauth.md}. */
final class TokenEndpoint {
    private static final long LARGEST = 1 << 20;

    private final HttpExchange exchange;

    TokenEndpoint(HttpExchange exchange) {
        this.exchange = exchange;
    }

    /**
     * Asks for a token. A login is sent only over TLS, or to this machine.
     *
     * @throws RegistryException if the server refuses, or may not be asked
     */
    String token(Challenge challenge, Scope scope, Optional<Login> login) throws IOException {
        URI realm = realm(challenge.parameter("realm").orElse(""));
        boolean refresh = login.isPresent() && login.get().kind() == Login.Kind.IDENTITY_TOKEN;
        HttpRequest.Builder request;
        if (refresh) {
            request = HttpRequest.newBuilder(realm)
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(
                            form(challenge, scope, login.get().secret())));
        } else {
            String query = query(challenge, scope);
            String separator = realm.getRawQuery() == null ? "?" : "&";
            request = HttpRequest.newBuilder(query.isEmpty() ? realm : URI.create(realm + separator + query));
            login.ifPresent(known -> request.header(
                    "Authorization",
                    Credential.basic(known.user(), known.secret()).header()));
        }
        try (Answer answer = exchange.send(realm, request)) {
            byte[] body = Bounded.read(answer.body(), LARGEST, realm);
            if (answer.status() == 200) {
                return token(body, realm);
            }
            answer.failIfItMayPass(realm);
            boolean denied = answer.status() == 401 || answer.status() == 403;
            throw new RegistryException(
                    denied ? RegistryException.Kind.DENIED : RegistryException.Kind.REFUSED,
                    "the token server " + Location.show(realm) + " answered " + answer.status()
                            + (login.isPresent() ? " to the login" : ""));
        }
    }

    private static String token(byte[] body, URI realm) throws IOException {
        JsonValue json = Json.parse(body);
        Optional<JsonValue> token = json.find("token").isPresent() ? json.find("token") : json.find("access_token");
        String value = token.isPresent() ? token.get().string() : "";
        if (value.isEmpty() || value.chars().anyMatch(c -> c <= ' ' || c >= 127)) {
            throw new RegistryException(
                    RegistryException.Kind.REFUSED, "the token server " + Location.show(realm) + " gave no token");
        }
        return value;
    }

    private static URI realm(String text) throws IOException {
        URI realm;
        try {
            realm = URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new RegistryException(RegistryException.Kind.REFUSED, "the registry names no token server: " + text);
        }
        boolean https = "https".equalsIgnoreCase(realm.getScheme());
        boolean local = "http".equalsIgnoreCase(realm.getScheme()) && Loopback.is(realm.getHost());
        if (realm.getHost() == null || realm.getRawUserInfo() != null || !(https || local)) {
            throw new RegistryException(
                    RegistryException.Kind.REFUSED,
                    "the registry names a token server that is not reached by https: " + Location.show(realm));
        }
        return realm;
    }

    private static String query(Challenge challenge, Scope scope) {
        StringJoiner query = new StringJoiner("&");
        challenge.parameter("service").ifPresent(service -> query.add("service=" + encode(service)));
        scope.values().forEach(value -> query.add("scope=" + encode(value)));
        return query.toString();
    }

    private static String form(Challenge challenge, Scope scope, String refreshToken) {
        StringJoiner form =
                new StringJoiner("&").add("grant_type=refresh_token").add("client_id=rosbalena");
        challenge.parameter("service").ifPresent(service -> form.add("service=" + encode(service)));
        form.add("scope=" + encode(String.join(" ", scope.values())));
        return form.add("refresh_token=" + encode(refreshToken)).toString();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
