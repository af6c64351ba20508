package io.rosbalena.registry;

import io.rosbalena.json.JsonValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a file of logins knows by more than a registry's host: keys such as {@code quay.io/team} and
 * {@code quay.io/team/robot}, see containers-auth.json(5). jib-core knows hosts alone.
 */
final class LoginNames {
    /** Names that docker once wrote as the address of a registry's API. */
    private static final String API = ".*/v[12]/?";

    private final Map<String, JsonValue> entries;
    private final boolean helped;

    private LoginNames(Map<String, JsonValue> entries, boolean helped) {
        this.entries = entries;
        this.helped = helped;
    }

    /** @throws IOException if the file holds something else than logins */
    static LoginNames read(JsonValue file) throws IOException {
        Map<String, JsonValue> entries = new HashMap<>();
        Optional<JsonValue> named = file.find("auths").filter(value -> value.raw() != null);
        if (named.isPresent()) {
            entries.putAll(named.get().members());
        }
        file.members();
        return new LoginNames(
                entries,
                file.find("credsStore").isPresent() || file.find("credHelpers").isPresent());
    }

    /** The login for a namespace of the registry that holds the repository, or for the repository itself. */
    Optional<Login> find(String host, String repository) {
        for (String path = repository; !path.isEmpty(); path = path.substring(0, Math.max(0, path.lastIndexOf('/')))) {
            for (String name : names(host)) {
                Optional<Login> login =
                        Optional.ofNullable(entries.get(name + "/" + path)).flatMap(LoginNames::login);
                if (login.isPresent()) {
                    return login;
                }
            }
        }
        return Optional.empty();
    }

    /** Whether nothing here is for the registry as a whole: jib-core would take a namespace's login for that. */
    boolean holdsOnlyNamespaces(String host) {
        if (helped) {
            return false;
        }
        List<String> ours = entries.keySet().stream()
                .filter(key -> names(host).stream().anyMatch(name -> belongs(key, name)))
                .toList();
        return !ours.isEmpty()
                && ours.stream().allMatch(key -> !key.contains("://") && key.contains("/") && !key.matches(API));
    }

    private static boolean belongs(String key, String host) {
        return Stream.of("", "https://", "http://")
                .anyMatch(scheme -> key.equals(scheme + host) || key.startsWith(scheme + host + "/"));
    }

    private static List<String> names(String host) {
        return Logins.DOCKER_HUB.contains(host) ? Logins.DOCKER_HUB : List.of(host);
    }

    private static Optional<Login> login(JsonValue entry) {
        try {
            Optional<String> token = text(entry, "identitytoken");
            if (token.isPresent()) {
                return Optional.of(new Login(Login.Kind.IDENTITY_TOKEN, "", token.get()));
            }
            String pair =
                    new String(Base64.getDecoder().decode(text(entry, "auth").orElse("")), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0
                    ? Optional.empty()
                    : Optional.of(Login.password(pair.substring(0, colon), pair.substring(colon + 1)));
        } catch (IOException | IllegalArgumentException e) {
            // As podman has it: an entry that does not read is none.
            return Optional.empty();
        }
    }

    private static Optional<String> text(JsonValue entry, String name) throws IOException {
        Optional<JsonValue> value = entry.find(name);
        return value.isPresent() ? Optional.of(value.get().string()).filter(text -> !text.isEmpty()) : Optional.empty();
    }
}
