package io.rosbalena.balena;

import io.rosbalena.json.Json;
import io.rosbalena.json.JsonValue;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the API lets its registry know: who may read and write which repositories, for some hours.
 *
 * @param value the token; no message shows it
 * @param granted actions by repository, which may be fewer than were asked for
 */
public record RegistryToken(String value, Map<String, Set<String>> granted) {
    public RegistryToken {
        granted = Map.copyOf(granted);
    }

    /**
     * Asks for one.
     *
     * @param host of the registry
     * @param push repositories to write and read
     * @param pull repositories to read alone
     */
    public static RegistryToken ask(BalenaApi api, String host, Collection<String> push, Collection<String> pull)
            throws IOException {
        StringBuilder path = new StringBuilder("/auth/v1/token?service=" + encode(host));
        // Repeated, without numbers: a server that counts them stops at twenty.
        push.forEach(repository -> path.append("&scope=").append(encode("repository:" + repository + ":pull,push")));
        pull.stream()
                .filter(repository -> !push.contains(repository))
                .forEach(repository -> path.append("&scope=").append(encode("repository:" + repository + ":pull")));
        String token = api.document(path.toString()).get("token").string();
        if (token.isEmpty() || token.chars().anyMatch(c -> c <= ' ' || c >= 127)) {
            throw new ApiException(ApiException.Kind.UNUSABLE, "the API gave no token for its registry " + host);
        }
        return new RegistryToken(token, read(token));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** The claim {@code access} of the token, see distribution {@code spec/auth/jwt.md}; what is denied is missing there. */
    private static Map<String, Set<String>> read(String token) throws IOException {
        Map<String, Set<String>> granted = new HashMap<>();
        List<String> parts = Arrays.asList(token.split("\\.", -1));
        try {
            JsonValue claims = Json.parse(Base64.getUrlDecoder().decode(parts.size() == 3 ? parts.get(1) : ""));
            if (claims.find("access").isPresent()) {
                for (JsonValue one : claims.get("access").items()) {
                    granted.put(
                            one.get("name").string(),
                            new HashSet<>(one.get("actions").strings()));
                }
            }
        } catch (IllegalArgumentException e) {
            throw new ApiException(ApiException.Kind.UNUSABLE, "the API gave a token that is no JWT");
        }
        return granted;
    }

    /** Whether the registry will let its bearer do this. */
    public boolean allows(String repository, String action) {
        return granted.getOrDefault(repository, Set.of()).contains(action);
    }

    @Override
    public String toString() {
        return "a token for " + granted.keySet();
    }
}
