package io.rosbalena.registry;

import io.rosbalena.transfer.HttpClients;
import io.rosbalena.transfer.HttpExchange;
import io.rosbalena.transfer.OfflineException;
import io.rosbalena.transfer.TransferSettings;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The registries that a build speaks to, over one HTTP client. Uses the network only when it must. */
public final class Registries {
    private final TransferSettings settings;
    private final Logins logins;
    private final Map<String, Registry> byHost = new HashMap<>();
    private @Nullable HttpExchange exchange;

    public Registries(TransferSettings settings, Logins logins) {
        this.settings = settings;
        this.logins = logins;
    }

    /**
     * A registry.
     *
     * @param host host and, where stated, port
     * @throws OfflineException if the network may not be used
     * @throws IOException if a registry on this machine does not answer
     */
    public synchronized Registry at(String host) throws IOException {
        Registry known = byHost.get(host);
        if (known != null) {
            return known;
        }
        HttpExchange shared = exchange(host);
        Registry registry = registry(host, shared, new LoginAuthorizer(shared, host, logins));
        byHost.put(host, registry);
        return registry;
    }

    /**
     * A registry of which a token is known. The token goes out with every request to this host, the first one included,
     * and to no other host; logins are not looked up.
     *
     * @param host host and, where stated, port
     * @throws OfflineException if the network may not be used
     * @throws IOException if a registry on this machine does not answer
     */
    public synchronized Registry at(String host, ReadyToken token) throws IOException {
        return registry(host, exchange(host), new TokenAuthorizer(token));
    }

    private Registry registry(String host, HttpExchange shared, Authorizer authorizer) throws IOException {
        URI base = PingEndpoint.base(host, shared, settings.patience());
        return new Registry(new RegistryHttp(base, shared, authorizer, settings));
    }

    private HttpExchange exchange(String host) throws OfflineException {
        if (settings.offline()) {
            throw new OfflineException(URI.create("https://" + host + "/v2/"));
        }
        if (exchange == null) {
            exchange = new HttpExchange(HttpClients.create(settings), settings);
        }
        return exchange;
    }
}
