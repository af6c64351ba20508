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
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** One GET: redirects followed, credentials sent to their own origin only, every failure told apart. */
final class HttpGet {
    private static final int REDIRECTS = 10;

    private final HttpClient client;
    private final TransferSettings settings;

    HttpGet(HttpClient client, TransferSettings settings) {
        this.client = client;
        this.settings = settings;
    }

    /**
     * Asks once.
     *
     * @return an answer with status 200 or 206, or another below 400
     * @throws NotFoundException for 404 and 410
     * @throws BrokenTransferException if another attempt may succeed
     * @throws TransferException if it cannot
     */
    Answer send(URI asked, Map<String, String> headers) throws IOException {
        URI uri = asked;
        for (int hop = 0; hop <= REDIRECTS; hop++) {
            Answer answer = exchange(asked, uri, headers);
            Optional<String> location = answer.headers().firstValue("Location");
            if (!isRedirect(answer.status()) || location.isEmpty()) {
                return checked(answer, uri);
            }
            answer.drain();
            uri = Location.redirect(uri, location.get());
        }
        throw new TransferException(
                TransferException.Kind.REDIRECT, Location.show(asked) + " redirects more than " + REDIRECTS + " times");
    }

    private Answer exchange(URI asked, URI uri, Map<String, String> headers) throws IOException {
        URI bare = Location.withoutUserInfo(uri);
        HttpRequest.Builder request = HttpRequest.newBuilder(bare)
                .timeout(settings.patience().silence())
                .header("User-Agent", "rosbalena");
        headers.forEach(request::header);
        Optional.ofNullable(settings.credentials().get(Origin.of(bare)))
                .or(() -> Location.userInfo(uri))
                .ifPresent(credential -> request.header("Authorization", credential.header()));
        HttpClients.authorizeProxy(request, bare, settings);
        try {
            HttpResponse<BodyStream> response = client.send(
                    request.build(), info -> new BodyStream(settings.patience().silence()));
            return new Answer(asked, response.statusCode(), response.headers(), response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("the transfer was interrupted");
            interrupted.initCause(e);
            throw interrupted;
        } catch (SSLException e) {
            throw new TransferException(
                    TransferException.Kind.TRUST,
                    "no trusted connection to " + Location.show(bare) + ": " + e.getMessage(),
                    e);
        } catch (IOException e) {
            throw new BrokenTransferException(Location.show(bare) + ": " + reason(e), e);
        }
    }

    private static boolean isRedirect(int status) {
        return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    }

    private static Answer checked(Answer answer, URI uri) throws IOException {
        int status = answer.status();
        if (status < 400 || status == 416) {
            return answer;
        }
        answer.drain();
        String text = Location.show(uri) + " answered " + status;
        switch (status) {
            case 404, 410 -> throw new NotFoundException(Location.nameable(answer.asked()));
            case 401, 403, 407 -> throw new TransferException(TransferException.Kind.DENIED, text);
            case 408, 425, 429, 500, 502, 503, 504 ->
                throw new BrokenTransferException(text, RetryAfter.read(answer.headers()));
            default -> throw new TransferException(TransferException.Kind.STATUS, text);
        }
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
