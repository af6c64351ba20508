package io.rosbalena.balena.standin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.rosbalena.balena.standin.Tables.Row;
import io.rosbalena.json.Json;
import io.rosbalena.registry.TokenServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A server on this machine that answers as open-balena-api 49 does: its tables, its OData, its refusals. It is stricter
 * where the real one is lenient: fields that the model lacks are refused, not ignored.
 */
public final class StandInApi implements AutoCloseable {
    /** The token that {@link #start} accepts, of the user {@code admin}. */
    public static final String TOKEN = "0123456789abcdef0123456789abcdef";

    static {
        // Small answers otherwise wait for the acknowledgement of the one before.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final int LONGEST_BODY = 512 * 1024;

    /**
     * A request as it came.
     *
     * @param path with the query, decoded
     * @param body plain value of the JSON body; null without
     * @param status that of the answer; 0 while it is not known, or where none was given
     */
    public record Request(String method, String path, Object body, int status) {
        /** In one line, as a test compares it. */
        public String line() {
            return method + " " + path
                    + (body == null ? "" : " " + new String(Json.compact(body), StandardCharsets.UTF_8));
        }
    }

    /** Chooses the fault of a request, to whose method and resource so many came before. */
    public interface Plan {
        Fault of(String method, String path, int earlier);
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Path folder;
    private Optional<TokenServer> signer = Optional.empty();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Tables tables = new Tables();
    private final Accounts accounts = new Accounts(tables);
    private final DeviceLogs logs = new DeviceLogs();
    private volatile Plan plan = (method, path, earlier) -> Fault.NONE;
    private volatile String registry = "127.0.0.1:1";
    private long images;

    private StandInApi(HttpServer server, Path folder) {
        this.server = server;
        this.folder = folder;
        StartingTables.fill(tables);
        accounts.accept(TOKEN, 2);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** @param folder where the key and certificate of the registry's tokens are put */
    public static StandInApi start(Path folder) throws IOException {
        return new StandInApi(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0), folder);
    }

    /** Without a path: what {@code apiUrl} is. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** What a registry must send its clients to. */
    public String realm() {
        return url() + "/auth/v1/token";
    }

    /** What a registry checks tokens with. */
    public Path certificate() throws IOException {
        return signer().certificate();
    }

    /** Made when it is needed, as making keys takes seconds. */
    private synchronized TokenServer signer() throws IOException {
        try {
            if (signer.isEmpty()) {
                signer = Optional.of(TokenServer.start(folder));
            }
            return signer.get();
        } catch (GeneralSecurityException | InterruptedException e) {
            throw new IOException(e);
        }
    }

    /** Where images made from now on are stored, and the audience of their tokens. */
    public void storeImagesAt(String host) {
        registry = host;
    }

    public void plan(Plan faults) {
        plan = faults;
    }

    /** All requests that were answered or broken, in the order in which that happened. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    public List<String> lines() {
        return requests.stream().map(Request::line).toList();
    }

    public void forgetRequests() {
        requests.clear();
    }

    /** A fleet of the user's, in an organization that is made where it is missing; its id. */
    public synchronized long fleet(String slug, String deviceType) {
        return StartingTables.fleet(tables, slug, deviceType, true);
    }

    /** The same in an organization to which the user does not belong. */
    public synchronized long strangersFleet(String slug, String deviceType) {
        return StartingTables.fleet(tables, slug, deviceType, false);
    }

    /** A device of a fleet; its id. */
    public synchronized long device(long fleet, String uuid, String name) {
        long id = StartingTables.device(tables, fleet, uuid, name);
        new Writing(tables, new Reading(tables, Optional.empty()), this::nextImage).install();
        return id;
    }

    /** Puts in what only the server or a device makes, without looking at it; its id. */
    public synchronized long add(String resource, Map<String, ?> values) {
        return tables.add(resource, values).id();
    }

    /** A time after all that rows have, as the server writes it. */
    public synchronized String now() {
        return tables.now();
    }

    /** Changes a row without looking at it, as devices do in their reports. */
    public synchronized void set(String resource, long id, String field, Object value) {
        if (!Resource.ALL.get(resource).fields().containsKey(field)) {
            throw new IllegalArgumentException(resource + " has no " + field);
        }
        tables.get(resource, id).values().put(field, value instanceof Integer number ? Long.valueOf(number) : value);
    }

    /** The rows of a resource as the user sees them. */
    public synchronized List<Map<String, Object>> rows(String resource) {
        try {
            Reading reading = new Reading(tables, tables.find("user", 2));
            List<Map<String, Object>> rows = new ArrayList<>();
            for (Row row : tables.of(resource)) {
                rows.add(reading.render(row, Query.parse(Map.of())));
            }
            return rows;
        } catch (Refusal e) {
            throw new IllegalStateException(e);
        }
    }

    public synchronized void accept(String token) {
        accounts.accept(token, 2);
    }

    public synchronized void revoke(String token) {
        accounts.revoke(token);
    }

    /** The user must give this code when logging in. */
    public synchronized void secondFactor(String code) {
        accounts.secondFactor(2, code);
    }

    /** A line that a device writes; serviceId 0 for the system's. */
    public void log(String uuid, String message, long serviceId, boolean error) {
        long now = System.currentTimeMillis();
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("createdAt", now);
        line.put("timestamp", now);
        line.put("isSystem", serviceId == 0);
        line.put("isStdErr", error);
        if (serviceId != 0) {
            line.put("serviceId", serviceId);
        }
        line.put("message", message);
        logs.add(uuid, line);
    }

    public DeviceStreams streams() {
        return new DeviceStreams(logs);
    }

    /** The streams of logs that are open. */
    public static final class DeviceStreams {
        private final DeviceLogs logs;

        private DeviceStreams(DeviceLogs logs) {
            this.logs = logs;
        }

        public void heartbeat() {
            logs.heartbeat();
        }

        public void cut() {
            logs.cut();
        }

        public int open() {
            return logs.followers();
        }
    }

    Tables tables() {
        return tables;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Ask ask = Ask.of(exchange, LONGEST_BODY);
            int earlier = (int) requests.stream()
                    .filter(request -> request.method().equals(ask.method())
                            && Ask.bare(request.path()).equals(Ask.bare(ask.decoded())))
                    .count();
            Fault fault = plan.of(ask.method(), ask.decoded(), earlier);
            handle(exchange, ask, fault);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void handle(HttpExchange exchange, Ask ask, Fault fault) throws IOException, InterruptedException {
        switch (fault.kind()) {
            case CUT_BEFORE -> {
                note(ask, 0);
                throw new IOException("the connection ends here");
            }
            case SILENT -> {
                note(ask, 0);
                closed.await();
                throw new IOException("closed");
            }
            case STATUS -> {
                if (!fault.detail().isEmpty()) {
                    exchange.getResponseHeaders().add("Retry-After", fault.detail());
                }
                send(exchange, ask, Reply.text(fault.status(), "text/plain", "Something went wrong"));
            }
            case HTML_413 -> send(exchange, ask, Reply.TOO_LARGE);
            case GARBAGE -> send(exchange, ask, Reply.text(200, "application/json", "{\"d\":[{]"));
            case ENDLESS -> {
                note(ask, 200);
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, 0);
                OutputStream out = exchange.getResponseBody();
                out.write("{\"d\":[\"".getBytes(StandardCharsets.UTF_8));
                byte[] more = "x".repeat(64 * 1024).getBytes(StandardCharsets.UTF_8);
                while (closed.getCount() > 0) {
                    out.write(more);
                }
            }
            case CUT_AFTER -> {
                note(ask, answer(ask).status());
                throw new IOException("the connection ends here");
            }
            case SLOW -> {
                Reply reply = answer(ask);
                closed.await(fault.delay().toMillis(), TimeUnit.MILLISECONDS);
                send(exchange, ask, reply);
            }
            case NONE -> {
                if (ask.isStream() && isKnown(ask)) {
                    note(ask, 200);
                    logs.follow(exchange, ask.logDevice(), ask.count(100));
                } else {
                    send(exchange, ask, answer(ask));
                }
            }
        }
    }

    private synchronized boolean isKnown(Ask ask) {
        Optional<Row> user = accounts.user(ask.authorization());
        return tables.find("device", "uuid", ask.logDevice())
                .filter(new Reading(tables, user)::isVisible)
                .isPresent();
    }

    private void note(Ask ask, int status) {
        requests.add(new Request(ask.method(), ask.decoded(), ask.json().orElse(null), status));
    }

    private void send(HttpExchange exchange, Ask ask, Reply reply) throws IOException {
        // Noted first: who has the answer may look.
        note(ask, reply.status());
        reply.headers().forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
        exchange.sendResponseHeaders(reply.status(), reply.body().length == 0 ? -1 : reply.body().length);
        exchange.getResponseBody().write(reply.body());
    }

    private synchronized Reply answer(Ask ask) throws IOException {
        try {
            return new Router(tables, accounts, logs, new RegistryTokens(tables, this::signer), this::nextImage)
                    .answer(ask);
        } catch (Refusal refusal) {
            return refusal.getMessage().isEmpty()
                    ? Reply.empty(refusal.status())
                    : Reply.json(refusal.status(), refusal.getMessage());
        }
    }

    private String nextImage() {
        return registry + "/v2/" + String.format("%032x", 0xf7c81b56_8da2db8fL * 31 + ++images);
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        logs.cut();
        server.stop(0);
        threads.shutdownNow();
        if (signer.isPresent()) {
            signer.get().close();
        }
    }
}
