package io.rosbalena.balena.standin;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A client that sends what it is told to, and nothing more. */
final class Client {
    private static final String PLAIN = "-_.~/?&=$:@!'()*,;";

    private final HttpClient http = HttpClient.newHttpClient();
    private final String base;
    private final String token;

    Client(String base, String token) {
        this.base = base;
        this.token = token;
    }

    HttpResponse<String> send(String method, String path, Optional<String> body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + encoded(path)))
                .method(
                        method,
                        body.map(HttpRequest.BodyPublishers::ofString).orElse(HttpRequest.BodyPublishers.noBody()));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        body.ifPresent(text -> request.header("Content-Type", "application/json"));
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send("GET", path, Optional.empty());
    }

    HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return send("POST", path, Optional.of(body));
    }

    HttpResponse<String> patch(String path, String body) throws IOException, InterruptedException {
        return send("PATCH", path, Optional.of(body));
    }

    private static String encoded(String path) {
        StringBuilder text = new StringBuilder();
        for (byte next : path.getBytes(StandardCharsets.UTF_8)) {
            char letter = (char) (next & 0xff);
            if (letter < 128 && (Character.isLetterOrDigit(letter) || PLAIN.indexOf(letter) >= 0)) {
                text.append(letter);
            } else {
                text.append(String.format("%%%02X", (int) letter));
            }
        }
        return text.toString();
    }
}
