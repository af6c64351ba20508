package io.rosbalena.transfer;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLException;

/** One request and its answer, whatever its status; failures that may pass are told from those that will not. */
public final class HttpExchange {
    private final HttpClient client;
    private final TransferSettings settings;

    /** Exchanges with a client of {@link HttpClients#create} and the settings that it was made from. */
    public HttpExchange(HttpClient client, TransferSettings settings) {
        this.client = client;
        this.settings = settings;
    }

    /**
     * Sends a request without a large body.
     *
     * @param asked the address that messages name
     * @param request without user info in its address, credentials in its headers
     * @throws BrokenTransferException if another attempt may succeed
     * @throws TransferException if the server's certificate is not trusted, or a proxy wants a credential
     * @throws InterruptedIOException if the thread is interrupted
     */
    public Answer send(URI asked, HttpRequest.Builder request) throws IOException {
        return send(asked, request, () -> 0);
    }

    /**
     * Sends a request whose body may take any time, as long as it moves.
     *
     * @param sent bytes of the body sent so far; the request is given up when it stands still
     * @throws IOException as for {@link #send(URI, HttpRequest.Builder)}
     */
    public Answer send(URI asked, HttpRequest.Builder request, LongSupplier sent) throws IOException {
        request.setHeader("User-Agent", "rosbalena");
        HttpRequest complete = request.build();
        HttpClients.authorizeProxy(request, complete.uri(), settings);
        Duration silence = settings.patience().silence();
        CompletableFuture<HttpResponse<BodyStream>> future =
                client.sendAsync(request.build(), info -> new BodyStream(silence));
        try {
            HttpResponse<BodyStream> response = await(future, silence, sent);
            // A proxy's refusal of a tunnel comes without a body, not even an empty one.
            BodyStream body = Objects.requireNonNullElseGet(response.body(), BodyStream::empty);
            if (response.statusCode() == 407) {
                body.close();
                throw new TransferException(
                        TransferException.Kind.PROXY,
                        "the proxy on the way to " + Location.show(complete.uri())
                                + " wants a user and a password (407)");
            }
            return new Answer(asked, response.statusCode(), response.headers(), body);
        } catch (InterruptedException e) {
            future.cancel(true);
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("the transfer was interrupted");
            interrupted.initCause(e);
            throw interrupted;
        } catch (ExecutionException e) {
            throw failure(complete.uri(), e.getCause() instanceof IOException io ? io : new IOException(e.getCause()));
        } catch (TimeoutException e) {
            future.cancel(true);
            throw new BrokenTransferException(Location.show(complete.uri()) + ": no answer in time", e);
        }
    }

    private static HttpResponse<BodyStream> await(
            CompletableFuture<HttpResponse<BodyStream>> future, Duration silence, LongSupplier sent)
            throws InterruptedException, ExecutionException, TimeoutException {
        long before = -1;
        while (true) {
            try {
                return future.get(silence.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                long now = sent.getAsLong();
                if (now <= Math.max(before, 0)) {
                    throw e;
                }
                before = now;
            }
        }
    }

    private static IOException failure(URI uri, IOException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLException) {
                return new TransferException(
                        TransferException.Kind.TRUST,
                        "no trusted connection to " + Location.show(uri) + ": " + cause.getMessage(),
                        failure);
            }
        }
        return new BrokenTransferException(Location.show(uri) + ": " + reason(failure), failure);
    }

    private static String reason(IOException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return "no server of this name";
            }
        }
        if (failure instanceof HttpConnectTimeoutException) {
            return "no connection in time";
        }
        if (failure instanceof HttpTimeoutException) {
            return "no answer in time";
        }
        if (failure instanceof ConnectException) {
            return "the connection was refused";
        }
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
