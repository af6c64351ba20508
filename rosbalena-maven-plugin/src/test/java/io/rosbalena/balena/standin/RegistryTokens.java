package io.rosbalena.balena.standin;

import io.rosbalena.balena.standin.Tables.Row;
import io.rosbalena.registry.TokenServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code GET /auth/v1/token}: what is not allowed is left out of the token, which is given all the same. */
final class RegistryTokens {
    /** Anchored, as the API's: a scope with a blank in it is none. */
    private static final Pattern SCOPE =
            Pattern.compile("repository:([a-z0-9_-]+/[a-z0-9_-]+)(?::[a-z0-9]+|@sha256:[a-f0-9]+)?:((?:push|pull|,)+)");

    private final Tables tables;
    private final Signer signer;

    /** Who signs; made when it is needed. */
    interface Signer {
        TokenServer get() throws IOException;
    }

    RegistryTokens(Tables tables, Signer signer) {
        this.tables = tables;
        this.signer = signer;
    }

    Map<String, Object> answer(Optional<Row> user, String service, List<String> scopes) throws IOException {
        Reading reading = new Reading(tables, user);
        List<Object> access = new ArrayList<>();
        for (String scope : scopes) {
            Matcher parts = SCOPE.matcher(scope);
            if (parts.matches()) {
                access.add(Map.of("type", "repository", "name", parts.group(1), "actions", actions(reading, parts)));
            }
        }
        String subject = user.map(row -> (String) row.get("username")).orElse("");
        return Map.of("token", signer.get().signed(service, subject, access));
    }

    private List<String> actions(Reading reading, Matcher scope) {
        Optional<Row> image = tables.of("image").stream()
                .filter(row ->
                        row.get("is_stored_at__image_location").toString().endsWith("/" + scope.group(1)))
                .findFirst();
        // To be read, an image must be part of a release; to be written, its service must be the user's.
        boolean pull = image.filter(row -> tables.of("image__is_part_of__release").stream()
                        .filter(part -> part.get("image").equals(row.id()))
                        .anyMatch(reading::isVisible))
                .isPresent();
        boolean push = image.filter(reading::isOwned).isPresent();
        List<String> granted = new ArrayList<>();
        for (String action : scope.group(2).split(",", -1)) {
            if (action.equals("pull") && pull || action.equals("push") && push) {
                granted.add(action);
            }
        }
        return granted;
    }
}
