package io.rosbalena.registry;

import io.rosbalena.transfer.Answer;
import io.rosbalena.transfer.BrokenTransferException;
import io.rosbalena.transfer.HttpExchange;
import io.rosbalena.transfer.Retries;
import io.rosbalena.transfer.TransferSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;

/** {@code GET /v2/}: whether a server speaks the protocol, see OCI distribution-spec "Determining Support". */
final class PingEndpoint {
    private PingEndpoint() {}

    /**
     * The address of a registry. It is reached by https; a registry on this machine may also speak http.
     *
     * @throws IOException if a registry on this machine answers neither
     */
    static URI base(String host, HttpExchange exchange, TransferSettings.Patience patience) throws IOException {
        URI https = URI.create("https://" + host + "/");
        if (!Loopback.is(https.getHost())) {
            return https;
        }
        URI http = URI.create("http://" + host + "/");
        Retries retries = new Retries(patience);
        while (true) {
            try (Answer answer = exchange.send(http, HttpRequest.newBuilder(http.resolve("/v2/")))) {
                answer.drain();
                // A server of TLS answers 400 to plain HTTP.
                return answer.status() == 400 ? https : http;
            } catch (BrokenTransferException e) {
                retries.pause(e, false);
            }
        }
    }
}
