package io.rosbalena.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Stands between client and registry, and breaks connections as a test says. */
public final class Relay implements AutoCloseable {
    private static final Set<String> OWN =
            Set.of("host", "connection", "content-length", "upgrade", "http2-settings", "transfer-encoding");

    /** What happens to a request. */
    public enum Fault {
        NONE,
        /** Half of the answer's body, then the connection ends. */
        HALF_ANSWER,
        /** Half of the request's body reaches the registry, then the connection ends. */
        HALF_REQUEST,
        /** 307 to another server. */
        ELSEWHERE,
        /** The connection ends before the registry hears of the request. */
        DROPPED,
        /** 503 with Retry-After. */
        BUSY,
        /** 429 with Retry-After. */
        TOO_MANY,
        /** 500 with a page of a proxy. */
        BROKEN,
        /** 401 as a registry says it of a token whose time is over. */
        EXPIRED
    }

    /** Chooses the fault for a request, of whose method there were so many before. */
    public interface Plan {
        Fault of(String method, String path, int earlier);
    }

    private final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final String target;
    private volatile String elsewhere = "";
    private final Plan plan;

    /** What was sent as Authorization. */
    final List<String> logins = new CopyOnWriteArrayList<>();

    /** Method and the client's port of each request: a port is a connection. */
    final List<String> ports = new CopyOnWriteArrayList<>();

    /** Method, path and range of each request. */
    public final List<String> requests = new CopyOnWriteArrayList<>();

    public Relay(String target, Plan plan) throws IOException {
        this.target = target;
        this.plan = plan;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Where {@link Fault#ELSEWHERE} leads. */
    void leadTo(Relay other) {
        elsewhere = "http://" + other.host();
    }

    public String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String method = exchange.getRequestMethod();
            String path = exchange.getRequestURI().getPath();
            String range = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Range"))
                    .or(() -> Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Range")))
                    .orElse("");
            int earlier = (int) requests.stream()
                    .filter(line -> line.startsWith(method + " "))
                    .count();
            ports.add(method + " " + exchange.getRemoteAddress().getPort());
            requests.add(method + " " + path + (range.isEmpty() ? "" : " " + range));
            Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                    .ifPresent(logins::add);
            Fault fault = plan.of(method, path, earlier);
            if (fault == Fault.BUSY || fault == Fault.TOO_MANY) {
                exchange.getResponseHeaders().add("Retry-After", "0");
                exchange.sendResponseHeaders(fault == Fault.BUSY ? 503 : 429, -1);
                return;
            }
            if (fault == Fault.EXPIRED) {
                exchange.getResponseHeaders()
                        .add("WWW-Authenticate", "Bearer realm=\"http://127.0.0.1:1/token\",error=\"invalid_token\"");
                exchange.sendResponseHeaders(401, -1);
                return;
            }
            if (fault == Fault.BROKEN) {
                byte[] page = (method.equals("HEAD") ? "" : "<html>broken</html>").getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(500, page.length == 0 ? -1 : page.length);
                exchange.getResponseBody().write(page);
                return;
            }
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (fault == Fault.ELSEWHERE) {
                exchange.getResponseHeaders().add("Location", elsewhere + path);
                exchange.sendResponseHeaders(307, -1);
                return;
            }
            if (fault == Fault.DROPPED) {
                throw new IOException("the connection ends here");
            }
            forward(exchange, fault, body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void forward(HttpExchange exchange, Fault fault, byte[] body) throws IOException, InterruptedException {
        byte[] sent = fault == Fault.HALF_REQUEST ? java.util.Arrays.copyOf(body, body.length / 2) : body;
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://" + target + exchange.getRequestURI()))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(sent));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!OWN.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        HttpResponse<byte[]> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        if (fault == Fault.HALF_REQUEST) {
            throw new IOException("the connection ends here");
        }
        answer.headers().map().forEach((name, values) -> {
            if (!OWN.contains(name.toLowerCase(Locale.ROOT)) && !name.startsWith(":")) {
                values.forEach(value -> exchange.getResponseHeaders().add(name, value));
            }
        });
        byte[] content = answer.body();
        exchange.sendResponseHeaders(answer.statusCode(), content.length == 0 ? -1 : content.length);
        int length = fault == Fault.HALF_ANSWER ? content.length / 2 : content.length;
        exchange.getResponseBody().write(content, 0, length);
        exchange.getResponseBody().flush();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
