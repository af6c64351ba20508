package io.rosbalena.registry;

import io.rosbalena.json.Json;
import io.rosbalena.json.JsonValue;
import io.rosbalena.transfer.Answer;
import io.rosbalena.transfer.Bounded;
import io.rosbalena.transfer.Location;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** What a registry says when it refuses, see OCI distribution-spec "Error Codes". */
final class RegistryError {
    private static final long LARGEST = 1 << 16;
    private static final int LONGEST = 300;

    private RegistryError() {}

    /** The exception for an answer that is not the wanted one. */
    static RegistryException of(URI uri, Answer answer) {
        RegistryException.Kind kind = switch (answer.status()) {
            case 401, 403 -> RegistryException.Kind.DENIED;
            case 404, 410 -> RegistryException.Kind.UNKNOWN;
            default -> RegistryException.Kind.REFUSED;
        };
        return new RegistryException(kind, Location.show(uri) + " answered " + answer.status() + details(uri, answer));
    }

    private static String details(URI uri, Answer answer) {
        List<String> texts = new ArrayList<>();
        try {
            JsonValue json = Json.parse(Bounded.read(answer.body(), LARGEST, uri));
            for (JsonValue error : json.get("errors").items()) {
                String code = error.get("code").string();
                String message = error.find("message").isPresent()
                        ? ": " + error.get("message").string()
                        : "";
                texts.add(code + message);
            }
        } catch (IOException e) {
            // The status says enough; proxies answer with pages of their own.
            return "";
        }
        String text = String.join("; ", texts);
        return text.isEmpty() ? "" : " (" + (text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text) + ")";
    }
}
