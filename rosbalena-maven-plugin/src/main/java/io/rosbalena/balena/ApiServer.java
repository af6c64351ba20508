package io.rosbalena.balena;

import io.rosbalena.json.Json;
import io.rosbalena.json.JsonValue;
import io.rosbalena.transfer.Answer;
import io.rosbalena.transfer.Bounded;
import io.rosbalena.transfer.BrokenTransferException;
import io.rosbalena.transfer.HttpClients;
import io.rosbalena.transfer.HttpExchange;
import io.rosbalena.transfer.Location;
import io.rosbalena.transfer.OfflineException;
import io.rosbalena.transfer.Retries;
import io.rosbalena.transfer.TransferException;
import io.rosbalena.transfer.TransferSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The API over the network. Calls are repeated while their failure may pass, those that create something only after a
 * look. No redirect is followed, so that nobody else sees the token.
 */
public final class ApiServer implements BalenaApi {
    /** Compositions and contracts have up to 1 MB; a list of devices some more. */
    private static final long LARGEST = 32L << 20;

    /** The server sends an empty line every 58 s; one may come late. */
    private static final Duration QUIET = Duration.ofSeconds(150);

    private final ApiUrl url;
    private final ApiToken token;
    private final TransferSettings settings;
    private final TransferSettings.Patience patience;
    private final HttpExchange exchange;
    private final Throttle throttle;
    private final Consumer<String> told;
    private @Nullable Actor known;

    private ApiServer(
            ApiUrl url,
            ApiToken token,
            TransferSettings settings,
            TransferSettings.Patience patience,
            HttpExchange exchange,
            Throttle throttle,
            Consumer<String> told) {
        this.url = url;
        this.token = token;
        this.settings = settings;
        this.patience = patience;
        this.exchange = exchange;
        this.throttle = throttle;
        this.told = told;
    }

    /**
     * A server, which is not asked before something is.
     *
     * @param told gets a line whenever a call failed and is made again after a pause
     */
    public static ApiServer at(ApiUrl url, ApiToken token, TransferSettings settings, Consumer<String> told) {
        TransferSettings.Patience patience = settings.patience().persistent();
        return new ApiServer(
                url,
                token,
                settings,
                patience,
                new HttpExchange(HttpClients.create(settings), settings.withPatience(patience)),
                new Throttle(Throttle.REQUESTS, Throttle.WINDOW, System::nanoTime),
                told);
    }

    /** The same server for someone who cannot wait for long. */
    public ApiServer brief() {
        TransferSettings.Patience brief = patience.brief();
        return new ApiServer(
                url,
                token,
                settings,
                brief,
                new HttpExchange(HttpClients.create(settings), settings.withPatience(brief)),
                new Throttle(Throttle.REQUESTS, Throttle.WINDOW, System::nanoTime),
                told);
    }

    @Override
    public ApiUrl url() {
        return url;
    }

    @Override
    public synchronized Actor whoAmI() throws IOException {
        if (known == null) {
            known = Actor.read(document("/actor/v1/whoami"));
        }
        return known;
    }

    @Override
    public List<JsonValue> list(Query query) throws IOException {
        return json("GET", query.path(), Optional.empty()).get("d").items();
    }

    @Override
    public JsonValue document(String path) throws IOException {
        return json("GET", path, Optional.empty());
    }

    @Override
    public List<JsonValue> items(String path) throws IOException {
        return ask("GET", path, Optional.empty(), (uri, answer) -> {
            JsonValue value = value(uri, answer);
            if (!(value.raw() instanceof List)) {
                throw unusable(uri);
            }
            return value.items();
        });
    }

    /**
     * Lines that the server sends without end, with at least one, an empty one, a minute.
     *
     * @throws ApiException UNKNOWN if there is nothing at the path
     */
    public ServerLines follow(String path) throws IOException {
        URI uri = URI.create(url + path);
        if (settings.offline()) {
            throw new OfflineException(Location.nameable(uri));
        }
        throttle.await();
        TransferSettings quiet = settings.withPatience(patience.silent(QUIET));
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .header("Authorization", token.credential().header());
        Answer answer = new HttpExchange(HttpClients.create(quiet), quiet).send(uri, request);
        try {
            answer.failIfItMayPass(Location.nameable(uri));
            if (answer.status() != 200) {
                throw Refusal.of("GET", uri, answer, Optional.empty());
            }
            return new ServerLines(answer);
        } catch (IOException e) {
            answer.close();
            throw e;
        }
    }

    @Override
    public JsonValue create(String resource, Map<String, ?> fields, Recheck recheck) throws IOException {
        String path = Query.of(resource).path();
        byte[] body = Json.compact(fields);
        Retries retries = new Retries(patience, told);
        while (true) {
            try {
                return once("POST", path, Optional.of(body), this::object);
            } catch (BrokenTransferException e) {
                retries.pause(e, false);
                Optional<JsonValue> created = recheck.find();
                if (created.isPresent()) {
                    return created.get();
                }
            }
        }
    }

    @Override
    public void change(Query query, Map<String, ?> fields) throws IOException {
        ask("PATCH", query.path(), Optional.of(Json.compact(fields)), (uri, answer) -> true);
    }

    @Override
    public void remove(Query query) throws IOException {
        ask("DELETE", query.path(), Optional.empty(), (uri, answer) -> true);
    }

    @FunctionalInterface
    private interface Reader<T> {
        T read(URI uri, Answer answer) throws IOException;
    }

    private JsonValue json(String method, String path, Optional<byte[]> body) throws IOException {
        return ask(method, path, body, this::object);
    }

    private JsonValue object(URI uri, Answer answer) throws IOException {
        JsonValue value = value(uri, answer);
        if (!(value.raw() instanceof Map)) {
            throw unusable(uri);
        }
        return value;
    }

    private static JsonValue value(URI uri, Answer answer) throws IOException {
        byte[] bytes;
        try {
            bytes = Bounded.read(answer.body(), LARGEST, uri);
        } catch (TransferException e) {
            throw e;
        } catch (IOException e) {
            throw new BrokenTransferException(Location.nameable(uri) + ": the connection broke", e);
        }
        try {
            return Json.parse(bytes);
        } catch (IOException e) {
            throw unusable(uri);
        }
    }

    private static ApiException unusable(URI uri) {
        return new ApiException(
                ApiException.Kind.UNUSABLE,
                Location.nameable(uri)
                        + " gave an answer that is not one of balena's API; does a proxy answer in its place?");
    }

    /** Sends a call that may be repeated until it is answered. */
    private <T> T ask(String method, String path, Optional<byte[]> body, Reader<T> reader) throws IOException {
        Retries retries = new Retries(patience, told);
        while (true) {
            try {
                return once(method, path, body, reader);
            } catch (BrokenTransferException e) {
                retries.pause(e, false);
            }
        }
    }

    private <T> T once(String method, String path, Optional<byte[]> body, Reader<T> reader) throws IOException {
        URI uri = URI.create(url + path);
        if (settings.offline()) {
            throw new OfflineException(Location.nameable(uri));
        }
        throttle.await();
        BodyPublisher content = body.map(BodyPublishers::ofByteArray).orElse(BodyPublishers.noBody());
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .header("Authorization", token.credential().header())
                .method(method, content);
        body.ifPresent(bytes -> request.header("Content-Type", "application/json"));
        try (Answer answer = exchange.send(uri, request)) {
            answer.failIfItMayPass(Location.nameable(uri));
            if (answer.status() < 200 || answer.status() > 299) {
                throw Refusal.of(method, uri, answer, body.map(bytes -> bytes.length));
            }
            T result = reader.read(uri, answer);
            answer.drain();
            return result;
        }
    }
}
