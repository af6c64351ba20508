package io.rosbalena.transfer;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.util.Map;

/** One GET: redirects followed, credentials sent to their own origin only, every failure told apart. */
final class HttpGet implements HttpSource {
    private static final int REDIRECTS = 10;

    private final HttpExchange exchange;
    private final TransferSettings settings;

    HttpGet(HttpClient client, TransferSettings settings) {
        this.exchange = new HttpExchange(client, settings);
        this.settings = settings;
    }

    @Override
    public Answer send(URI asked, Map<String, String> headers) throws IOException {
        URI uri = asked;
        for (int hop = 0; hop <= REDIRECTS; hop++) {
            Answer answer = exchange(asked, uri, headers);
            if (!answer.isRedirect()) {
                return checked(answer, uri);
            }
            answer.drain();
            uri = Location.redirect(uri, answer.headers().firstValue("Location").orElseThrow());
        }
        throw new TransferException(
                TransferException.Kind.REDIRECT, Location.show(asked) + " redirects more than " + REDIRECTS + " times");
    }

    private Answer exchange(URI asked, URI uri, Map<String, String> headers) throws IOException {
        URI bare = Location.withoutUserInfo(uri);
        HttpRequest.Builder request = HttpRequest.newBuilder(bare);
        headers.forEach(request::header);
        settings.credentials()
                .find(Origin.of(bare))
                .or(() -> Location.userInfo(uri))
                .ifPresent(credential -> request.header("Authorization", credential.header()));
        return exchange.send(asked, request);
    }

    private static Answer checked(Answer answer, URI uri) throws IOException {
        int status = answer.status();
        if (status < 400 || status == 416) {
            return answer;
        }
        answer.drain();
        answer.failIfItMayPass(uri);
        String text = Location.show(uri) + " answered " + status;
        switch (status) {
            case 404, 410 -> throw new NotFoundException(Location.nameable(answer.asked()));
            case 401, 403 -> throw new TransferException(TransferException.Kind.DENIED, text);
            default -> throw new TransferException(TransferException.Kind.STATUS, text);
        }
    }
}
