package io.rosbalena.balena.standin;

import io.rosbalena.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** An answer before it is sent. */
record Reply(int status, Map<String, String> headers, byte[] body) {
    /** What stands in front of the API says in its own way that a body is too large. */
    static final Reply TOO_LARGE = text(
            413,
            "text/html; charset=utf-8",
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>Error</title>\n</head>\n<body>\n"
                    + "<pre>PayloadTooLargeError: request entity too large</pre>\n</body>\n</html>\n");

    static Reply json(int status, Object value) {
        return new Reply(status, Map.of("Content-Type", "application/json; charset=utf-8"), Json.compact(value));
    }

    static Reply text(int status, String type, String text) {
        return new Reply(status, Map.of("Content-Type", type), text.getBytes(StandardCharsets.UTF_8));
    }

    static Reply empty(int status) {
        return new Reply(status, Map.of(), new byte[0]);
    }
}
