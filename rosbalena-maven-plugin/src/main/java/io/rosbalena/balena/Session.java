package io.rosbalena.balena;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.json.Json;
import io.rosbalena.json.JsonValue;
import io.rosbalena.transfer.Answer;
import io.rosbalena.transfer.Bounded;
import io.rosbalena.transfer.HttpClients;
import io.rosbalena.transfer.HttpExchange;
import io.rosbalena.transfer.Location;
import io.rosbalena.transfer.OfflineException;
import io.rosbalena.transfer.TransferFinding;
import io.rosbalena.transfer.TransferSettings;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * Sessions by e-mail and password. Nothing is asked twice: the server counts, and after ten tries locks people out for two
 * hours.
 */
public final class Session {
    private static final long LARGEST = 1 << 15;
    private static final Duration RENEWAL = Duration.ofHours(1);

    private final ApiUrl url;
    private final TransferSettings settings;

    public Session(ApiUrl url, TransferSettings settings) {
        this.url = url;
        this.settings = settings;
    }

    /**
     * Begins a session.
     *
     * @return its token, which may still want a {@link #secondFactor}
     * @throws FindingException RB655 if the server does not know them
     */
    public ApiToken begin(String email, String password) throws IOException {
        return token(
                "/login_",
                Map.of("username", email, "password", password),
                Optional.empty(),
                "e-mail or password are not right");
    }

    /** Whether the server takes the token only after a second factor. */
    public static boolean wantsSecondFactor(ApiToken token) {
        return claim(token, "twoFactorRequired").filter(Boolean.TRUE::equals).isPresent();
    }

    /**
     * Whether the token is that of a session which should be renewed: balena's command line does so after an hour, and a
     * session that nobody renews ends after some days.
     */
    public static boolean isOld(ApiToken token, Instant now) {
        return claim(token, "iat")
                .filter(issued -> issued instanceof Long seconds
                        && Instant.ofEpochSecond(seconds).isBefore(now.minus(RENEWAL)))
                .isPresent();
    }

    /** A claim of a token that is a JWT. */
    private static Optional<Object> claim(ApiToken token, String name) {
        String[] parts = token.value().split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            return Json.parse(Base64.getUrlDecoder().decode(parts[1]))
                    .find(name)
                    .map(JsonValue::raw);
        } catch (IOException | IllegalArgumentException e) {
            // Tokens are the server's; what it does not write as a JWT is none.
            return Optional.empty();
        }
    }

    /** A new token for a session; empty where the server gives none. */
    public Optional<ApiToken> renewed(ApiToken token) throws IOException {
        URI uri = URI.create(url + "/user/v1/refresh-token");
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .header("Authorization", token.credential().header());
        HttpExchange exchange = new HttpExchange(HttpClients.create(settings), settings);
        try (Answer answer = exchange.send(uri, request)) {
            return answer.status() == 200
                    ? Optional.of(ApiToken.of(
                            new String(Bounded.read(answer.body(), LARGEST, uri), StandardCharsets.UTF_8),
                            token.origin()))
                    : Optional.empty();
        }
    }

    /**
     * Completes a session.
     *
     * @param code of the authenticator
     * @throws FindingException RB655 if the code is not right
     */
    public ApiToken secondFactor(ApiToken half, String code) throws IOException {
        return token("/auth/totp/verify", Map.of("code", code.strip()), Optional.of(half), "the code is not right");
    }

    private ApiToken token(String path, Map<String, String> body, Optional<ApiToken> half, String refused)
            throws IOException {
        URI uri = URI.create(url + path);
        try {
            if (settings.offline()) {
                throw new OfflineException(Location.nameable(uri));
            }
            HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofByteArray(Json.compact(body)));
            half.ifPresent(
                    token -> request.header("Authorization", token.credential().header()));
            HttpExchange exchange = new HttpExchange(HttpClients.create(settings), settings);
            try (Answer answer = exchange.send(uri, request)) {
                return read(uri, answer, refused);
            }
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            throw TransferFinding.exception("balena's API at " + url, url.uri(), e);
        }
    }

    private ApiToken read(URI uri, Answer answer, String refused) throws IOException {
        switch (answer.status()) {
            case 200 -> {
                return ApiToken.of(
                        new String(Bounded.read(answer.body(), LARGEST, uri), StandardCharsets.UTF_8), url.toString());
            }
            case 400, 401, 403 ->
                throw FindingException.input(Finding.error("RB655", "the server does not let you in: " + refused)
                        .fix("try again; whoever logs in to the dashboard with another service than balena makes an API"
                                + " key there, and writes -Drosbalena.login=key"));
            case 429 ->
                throw FindingException.input(Finding.error(
                                "RB655",
                                "too many tries to log in"
                                        + answer.headers()
                                                .firstValue("Retry-After")
                                                .filter(text -> text.matches("[0-9]{1,6}"))
                                                .map(text -> "; the server listens again in " + text + " s")
                                                .orElse(""))
                        .fix("wait, or use an API key: -Drosbalena.login=key"));
            case 404 ->
                throw FindingException.input(Finding.error("RB655", "the server has no login with a password")
                        .fix("see that -Drosbalena.apiUrl is the API, as https://api.balena-cloud.com is"));
            default -> {
                answer.failIfItMayPass(Location.nameable(uri));
                throw FindingException.environment(
                        Finding.error("RB655", "the server answered the login with " + answer.status())
                                .fix("try again later"));
            }
        }
    }
}
