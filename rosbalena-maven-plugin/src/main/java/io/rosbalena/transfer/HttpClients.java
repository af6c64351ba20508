package io.rosbalena.transfer;

import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Optional;

/** Makes the platform's HTTP client as the settings want it, for this package and for clients of other protocols. */
public final class HttpClients {
    // The platform refuses Basic for tunnels unless this is set before its client is loaded.
    private static final String TUNNEL_SCHEMES = "jdk.http.auth.tunneling.disabledSchemes";

    private HttpClients() {}

    /**
     * A client with the settings' trust, proxies and connect timeout. It follows no redirect, keeps connections open
     * for reuse and speaks HTTP/1.1.
     */
    public static HttpClient create(TransferSettings settings) {
        if (settings.proxies().stream().anyMatch(rule -> rule.credential().isPresent())
                && System.getProperty(TUNNEL_SCHEMES) == null) {
            System.setProperty(TUNNEL_SCHEMES, "");
        }
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.patience().connect())
                .proxy(new Rules(settings.proxies()));
        settings.caFile().ifPresent(file -> builder.sslContext(TrustedAuthorities.with(file)));
        return builder.build();
    }

    /** Adds what the proxy on the way to this address wants to see; the client sends it to the proxy alone. */
    public static void authorizeProxy(HttpRequest.Builder request, URI uri, TransferSettings settings) {
        proxy(settings.proxies(), uri)
                .flatMap(ProxyRule::credential)
                .ifPresent(credential -> request.setHeader("Proxy-Authorization", credential.header()));
    }

    private static Optional<ProxyRule> proxy(List<ProxyRule> rules, URI uri) {
        Origin origin = Origin.of(uri);
        return rules.stream().filter(rule -> rule.covers(origin)).findFirst();
    }

    private static final class Rules extends ProxySelector {
        private final List<ProxyRule> rules;

        Rules(List<ProxyRule> rules) {
            this.rules = rules;
        }

        @Override
        public List<Proxy> select(URI uri) {
            return List.of(proxy(rules, uri).map(ProxyRule::address).orElse(Proxy.NO_PROXY));
        }

        @Override
        public void connectFailed(URI uri, SocketAddress address, IOException failure) {
            // The failure reaches the caller of the request; there is no second proxy to turn to.
        }
    }
}
