package io.rosbalena.balena.standin;

import io.rosbalena.balena.standin.Tables.Row;
import io.rosbalena.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Users, and the tokens and keys by which the API knows them. */
final class Accounts {
    private final Tables tables;

    /** Id of the user of each token; negative while the second factor is missing. */
    private final Map<String, Long> tokens = new HashMap<>();

    private final Map<Long, String> secondFactors = new HashMap<>();
    private long count;

    Accounts(Tables tables) {
        this.tables = tables;
    }

    void accept(String token, long user) {
        tokens.put(token, user);
    }

    void revoke(String token) {
        tokens.remove(token);
    }

    void secondFactor(long user, String code) {
        secondFactors.put(user, code);
    }

    /** Who asks; empty for a guest, and so for everybody whose token is unknown. */
    Optional<Row> user(String authorization) {
        return known(authorization).filter(id -> id > 0).flatMap(id -> tables.find("user", id));
    }

    private Optional<Long> known(String authorization) {
        return authorization.startsWith("Bearer ")
                ? Optional.ofNullable(tokens.get(authorization.substring("Bearer ".length())))
                : authorization.startsWith("Basic ")
                        ? basic(authorization.substring("Basic ".length()))
                        : Optional.empty();
    }

    private Optional<Long> basic(String login) {
        String text = new String(Base64.getDecoder().decode(login), StandardCharsets.UTF_8);
        return Optional.ofNullable(tokens.get(text.substring(text.indexOf(':') + 1)));
    }

    /** {@code POST /login_}. */
    String login(Map<String, Object> body) throws Refusal {
        Row user = tables.find("user", "email", String.valueOf(body.get("username")))
                .or(() -> tables.find("user", "username", String.valueOf(body.get("username"))))
                .filter(row ->
                        row.get("password") != null && row.get("password").equals(body.get("password")))
                .orElseThrow(() -> new Refusal(401, ""));
        boolean second = secondFactors.containsKey(user.id());
        return session(user.id(), second);
    }

    /** {@code POST /auth/totp/verify}. */
    String verify(String authorization, Map<String, Object> body) throws Refusal {
        long user = Math.abs(known(authorization).orElseThrow(() -> new Refusal(401, "")));
        if (!String.valueOf(body.get("code")).equals(secondFactors.get(user))) {
            throw new Refusal(401, "");
        }
        return session(user, false);
    }

    /** A JWT as the API gives it: nobody but the API can check its signature. */
    String session(long user, boolean second) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("id", user);
        claims.put("jwt_secret", "S" + ++count);
        claims.put("authTime", System.currentTimeMillis());
        if (second) {
            claims.put("twoFactorRequired", true);
        }
        claims.put("iat", System.currentTimeMillis() / 1000);
        claims.put("exp", System.currentTimeMillis() / 1000 + 7 * 24 * 3600);
        String token = part(Map.of("alg", "HS256", "typ", "JWT")) + "." + part(claims) + "." + part(count);
        tokens.put(token, second ? -user : user);
        return token;
    }

    private static String part(Object value) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Json.compact(value));
    }

    /** {@code POST /api-key/user/full}. */
    String key(Row user, Map<String, Object> body) throws Refusal {
        if (!(body.get("name") instanceof String)) {
            throw new Refusal(400, "Name is required");
        }
        String key = String.format("%032x", 0xABCDEF000L + ++count);
        tokens.put(key, user.id());
        return key;
    }
}
