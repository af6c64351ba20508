package io.rosbalena.registry;

import io.rosbalena.transfer.Answer;
import io.rosbalena.transfer.BrokenTransferException;
import io.rosbalena.transfer.Credential;
import io.rosbalena.transfer.HttpExchange;
import io.rosbalena.transfer.Location;
import io.rosbalena.transfer.OfflineException;
import io.rosbalena.transfer.Origin;
import io.rosbalena.transfer.Retries;
import io.rosbalena.transfer.TransferSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Optional;

/**
 * Sends requests to one registry: with the login, of which no other server hears; along redirects, as registries keep
 * blobs elsewhere; again, when a failure may pass.
 */
final class RegistryHttp {
    private static final int REDIRECTS = 10;

    private final URI base;
    private final HttpExchange exchange;
    private final Authorizer authorizer;
    private final TransferSettings settings;

    RegistryHttp(URI base, HttpExchange exchange, Authorizer authorizer, TransferSettings settings) {
        this.base = base;
        this.exchange = exchange;
        this.authorizer = authorizer;
        this.settings = settings;
    }

    /** Takes what it needs from an answer, whose body is closed afterwards. */
    @FunctionalInterface
    interface Reader<T> {
        T read(Answer answer) throws IOException;
    }

    TransferSettings.Patience patience() {
        return settings.patience();
    }

    /** The address of an endpoint, for example of {@code library/ros/tags/list}. */
    URI uri(String path) {
        return base.resolve("/v2/" + path);
    }

    /** Sends a request that may be repeated until it is answered. */
    <T> T ask(RegistryRequest request, Reader<T> reader) throws IOException {
        Retries retries = new Retries(settings.patience());
        while (true) {
            try {
                return once(request, reader);
            } catch (BrokenTransferException e) {
                retries.pause(e, false);
            }
        }
    }

    /**
     * Sends a request one time.
     *
     * @throws BrokenTransferException if another attempt may succeed
     */
    <T> T once(RegistryRequest request, Reader<T> reader) throws IOException {
        try (Answer answer = send(request)) {
            T result = reader.read(answer);
            answer.drain();
            return result;
        }
    }

    /** The answer to a request after login and redirects, with any status that will not pass by itself. */
    Answer send(RegistryRequest request) throws IOException {
        if (settings.offline()) {
            throw new OfflineException(Location.nameable(request.uri()));
        }
        URI uri = request.uri();
        boolean answered = false;
        for (int hop = 0; hop <= REDIRECTS; hop++) {
            boolean own = Origin.of(uri).equals(Origin.of(base));
            Optional<Credential> credential = own ? authorizer.credential(request.scope()) : Optional.empty();
            Answer answer = exchange(request.at(uri), credential);
            if (answer.status() == 401 && own && !answered) {
                answered = true;
                if (authorizer.answer(request.scope(), credential, answer.headers())) {
                    answer.drain();
                    continue;
                }
            }
            if (!answer.isRedirect() || !follows(request, answer.status())) {
                answer.failIfItMayPass(uri);
                return answer;
            }
            answer.drain();
            uri = Location.redirect(uri, answer.headers().firstValue("Location").orElseThrow());
        }
        throw new RegistryException(
                RegistryException.Kind.REFUSED,
                Location.show(request.uri()) + " redirects more than " + REDIRECTS + " times");
    }

    /** Only 307 and 308 keep the method of a request that changes something (RFC 9110 §15.4). */
    private static boolean follows(RegistryRequest request, int status) {
        boolean reads = request.method().equals("GET") || request.method().equals("HEAD");
        return reads || status == 307 || status == 308;
    }

    private Answer exchange(RegistryRequest request, Optional<Credential> credential) throws IOException {
        HttpRequest.Builder builder = HttpRequest.newBuilder(request.uri())
                .method(
                        request.method(),
                        request.body().map(RequestBody::publisher).orElse(BodyPublishers.noBody()));
        request.headers().forEach(builder::header);
        credential.ifPresent(known -> builder.header("Authorization", known.header()));
        return exchange.send(
                request.uri(),
                builder,
                () -> request.body().map(RequestBody::sent).orElse(0L));
    }
}
