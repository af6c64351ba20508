package io.rosbalena.balena.standin;

import com.sun.net.httpserver.HttpExchange;
import io.rosbalena.json.Json;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A request.
 *
 * @param query pairs of name and value, decoded
 * @param parsable whether the API could read its resource and its query
 * @param body empty where it was too long to be read
 */
record Ask(
        String method,
        String path,
        List<Map.Entry<String, String>> query,
        String decoded,
        String authorization,
        String type,
        boolean parsable,
        Optional<byte[]> body) {

    static Ask of(HttpExchange exchange, int longest) throws IOException {
        String rawQuery = Objects.requireNonNullElse(exchange.getRequestURI().getRawQuery(), "");
        List<Map.Entry<String, String>> query = new ArrayList<>();
        for (String pair : rawQuery.isEmpty() ? new String[0] : rawQuery.split("&", -1)) {
            int equals = pair.indexOf('=');
            query.add(Map.entry(
                    decode(equals < 0 ? pair : pair.substring(0, equals)),
                    equals < 0 ? "" : decode(pair.substring(equals + 1))));
        }
        String path = decode(exchange.getRequestURI().getRawPath());
        byte[] body = exchange.getRequestBody().readNBytes(longest + 1);
        exchange.getRequestBody().transferTo(java.io.OutputStream.nullOutputStream());
        return new Ask(
                exchange.getRequestMethod(),
                path,
                query,
                path + (rawQuery.isEmpty() ? "" : "?" + decode(rawQuery)),
                header(exchange, "Authorization"),
                header(exchange, "Content-Type"),
                isParsable(exchange.getRequestURI().getRawPath() + "?" + rawQuery),
                body.length > longest ? Optional.empty() : Optional.of(body));
    }

    /**
     * Whether odata-parser can read it, which parses before it decodes: outside of strings only blanks, dollars, quotes and
     * plus signs may be encoded.
     */
    private static boolean isParsable(String raw) {
        boolean inString = false;
        for (int i = 0; i < raw.length(); i++) {
            boolean quote = raw.startsWith("'", i) || raw.startsWith("%27", i);
            inString ^= quote;
            if (!inString && !quote && raw.charAt(i) == '%' && !raw.substring(i).matches("(?s)%(20|24|2B).*")) {
                return false;
            }
        }
        return true;
    }

    /** As decodeURIComponent does it: a plus is a plus. */
    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static String header(HttpExchange exchange, String name) {
        return Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst(name), "");
    }

    /** A path without key and query. */
    static String bare(String path) {
        return path.split("[?(]", 2)[0];
    }

    Optional<Object> json() {
        try {
            return body.isEmpty() || body.get().length == 0
                    ? Optional.empty()
                    : Optional.ofNullable(Json.parse(body.get()).raw());
        } catch (IOException e) {
            return Optional.of(new String(body.get(), StandardCharsets.UTF_8));
        }
    }

    /** The JSON object that was sent. */
    Map<String, Object> object() throws Refusal {
        if (!type.startsWith("application/json") || !(json().orElse(null) instanceof Map<?, ?> map)) {
            throw new Refusal(400, "The body must be a JSON object");
        }
        Map<String, Object> object = new LinkedHashMap<>();
        map.forEach((name, value) -> object.put((String) name, value));
        return object;
    }

    Map<String, String> options() throws Refusal {
        Map<String, String> options = new LinkedHashMap<>();
        for (Map.Entry<String, String> pair : query) {
            if (options.put(pair.getKey(), pair.getValue()) != null) {
                throw new Refusal(400, "Failed to parse url: " + pair.getKey() + " twice");
            }
        }
        return options;
    }

    List<String> values(String name) {
        return query.stream()
                .filter(pair -> pair.getKey().equals(name) || pair.getKey().matches(name + "\\[[0-9]*\\]"))
                .map(Map.Entry::getValue)
                .toList();
    }

    boolean isLog() {
        return method.equals("GET") && path.matches("/device/v2/[^/]+/logs");
    }

    boolean isStream() {
        return isLog() && values("stream").equals(List.of("1"));
    }

    String logDevice() {
        return path.split("/", -1)[3];
    }

    int count(int otherwise) {
        return values("count").stream()
                .findFirst()
                .map(text -> text.equals("all") ? Integer.MAX_VALUE : Integer.parseInt(text))
                .orElse(otherwise);
    }
}
