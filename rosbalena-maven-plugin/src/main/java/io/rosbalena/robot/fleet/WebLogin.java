package io.rosbalena.robot.fleet;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The login in a browser: the dashboard posts a token to a server on this machine, which takes it once. Port and path are
 * random; where browsers say where a form comes from, it must be the dashboard.
 */
final class WebLogin implements AutoCloseable {
    private static final int LARGEST = 1 << 15;

    private final HttpServer server;
    private final String dashboard;
    private final String path;
    private final CompletableFuture<String> token = new CompletableFuture<>();

    private WebLogin(HttpServer server, URI dashboard, String path) {
        this.server = server;
        this.dashboard = dashboard.toString();
        this.path = path;
    }

    /** @param dashboard scheme and host of the only page that may post */
    static WebLogin open(URI dashboard) throws IOException {
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 1);
        WebLogin login = new WebLogin(server, dashboard, "/" + HexFormat.of().formatHex(random));
        server.createContext("/", exchange -> {
            try (exchange) {
                login.answer(exchange);
            }
        });
        server.start();
        return login;
    }

    private String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** What the browser is to open; the dashboard wants the address encoded twice. */
    URI page() {
        String back = URLEncoder.encode("http://" + host() + path, StandardCharsets.UTF_8);
        return URI.create(dashboard + "/login/cli/" + back.replace("%", "%25"));
    }

    /**
     * Waits for the token.
     *
     * @throws FindingException RB656 if none comes in time
     */
    String await(Duration limit) throws InterruptedException {
        try {
            return token.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw FindingException.input(Finding.error("RB656", "nobody logged in within " + limit.toSeconds() + " s")
                    .fix("run it again and open the address that it prints, in a browser on this machine; elsewhere"
                            + " make an API key in the dashboard and write -Drosbalena.login=key"));
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        boolean ours = exchange.getRequestURI().getRawPath().equals(path)
                && host().equals(exchange.getRequestHeaders().getFirst("Host"));
        if (!ours) {
            say(exchange, 404, "There is nothing here.");
            return;
        }
        if (!exchange.getRequestMethod().equals("POST")) {
            exchange.getResponseHeaders().add("Allow", "POST");
            say(exchange, 405, "The dashboard posts here.");
            return;
        }
        // A program that posts sends none, and must know the path. Browsers send one with a form, but for a form of an
        // https page to plain http the word null (Fetch, "append a request Origin header", under the usual referrer
        // policy): then it is the path alone that nobody else knows.
        String origin = exchange.getRequestHeaders().getFirst("Origin");
        if (origin != null && !origin.equals(dashboard) && !origin.equals("null")) {
            say(exchange, 403, "Only balena's dashboard may post here.");
            return;
        }
        byte[] body = exchange.getRequestBody().readNBytes(LARGEST + 1);
        Optional<String> sent = body.length > LARGEST ? Optional.empty() : field(body);
        if (sent.isEmpty()) {
            say(exchange, 400, "There is no token in it.");
        } else if (token.complete(sent.get())) {
            say(exchange, 200, "The token has arrived. This window can be closed; the terminal says how it goes on.");
        } else {
            say(exchange, 410, "A token came before this one.");
        }
    }

    private static Optional<String> field(byte[] body) {
        for (String pair : new String(body, StandardCharsets.US_ASCII).split("&", -1)) {
            if (pair.startsWith("token=") && pair.length() > "token=".length()) {
                try {
                    return Optional.of(URLDecoder.decode(pair.substring("token=".length()), StandardCharsets.UTF_8));
                } catch (IllegalArgumentException e) {
                    // Not what a form sends.
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    private static void say(HttpExchange exchange, int status, String text) throws IOException {
        byte[] page = ("<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><title>rosbalena</title><p>" + text
                        + "</p></html>")
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "text/html; charset=utf-8");
        exchange.getResponseHeaders().add("Cache-Control", "no-store");
        exchange.sendResponseHeaders(status, page.length);
        exchange.getResponseBody().write(page);
    }

    @Override
    public void close() {
        // The answer to who posted is on its way.
        server.stop(token.isDone() ? 1 : 0);
    }
}
