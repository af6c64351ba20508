package io.rosbalena.balena;

import io.rosbalena.json.Json;
import io.rosbalena.transfer.Answer;
import io.rosbalena.transfer.Bounded;
import io.rosbalena.transfer.Location;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/** What the server says when it refuses a call: a JSON string, mostly. */
final class Refusal {
    private static final long LARGEST = 1 << 16;
    private static final int LONGEST = 400;

    private Refusal() {}

    /** @param size bytes of the call's body */
    static ApiException of(String method, URI uri, Answer answer, Optional<Integer> size) {
        ApiException.Kind kind = switch (answer.status()) {
            case 401, 403 -> ApiException.Kind.DENIED;
            case 404 -> ApiException.Kind.UNKNOWN;
            case 409 -> ApiException.Kind.CONFLICT;
            case 413 -> ApiException.Kind.TOO_LARGE;
            case 400, 422 -> ApiException.Kind.RULE;
            default -> ApiException.Kind.UNUSABLE;
        };
        String what = method + " " + Location.nameable(uri);
        String bytes = kind == ApiException.Kind.TOO_LARGE && size.isPresent() ? " to " + size.get() + " bytes" : "";
        return new ApiException(kind, what + " was answered " + answer.status() + bytes + words(uri, answer));
    }

    private static String words(URI uri, Answer answer) {
        try {
            Object said = Json.parse(Bounded.read(answer.body(), LARGEST, uri)).raw();
            if (said instanceof String text && !text.isBlank()) {
                return ": " + (text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text.strip());
            }
            return "";
        } catch (IOException e) {
            // Pages for people, of proxies and of limits; the status says enough.
            return "";
        }
    }
}
