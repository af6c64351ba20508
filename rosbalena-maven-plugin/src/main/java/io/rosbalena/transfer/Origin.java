package io.rosbalena.transfer;

import java.net.URI;
import java.util.Locale;

/**
 * Scheme, host and port of a server (RFC 6454): what a credential belongs to.
 *
 * @param scheme {@code http} or {@code https}
 * @param host lower case
 * @param port 1 to 65535
 */
public record Origin(String scheme, String host, int port) {

    public Origin {
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new IllegalArgumentException("not http or https: " + scheme);
        }
        if (host.isEmpty() || port < 1 || port > 65535) {
            throw new IllegalArgumentException("not a server: " + host + ":" + port);
        }
    }

    /**
     * The origin of an {@code http} or {@code https} URI.
     *
     * @throws IllegalArgumentException for another scheme, or without a host
     */
    public static Origin of(URI uri) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
        int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
        return new Origin(scheme, host, port);
    }

    @Override
    public String toString() {
        return scheme + "://" + host + ":" + port;
    }
}
