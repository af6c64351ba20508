package io.rosbalena.balena;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;

/**
 * The address of an API server: {@code https://api.balena-cloud.com}, or that of an openBalena. Others of its services
 * stand beside it, with another first name of the host.
 *
 * @param uri scheme, host and port alone
 */
public record ApiUrl(URI uri) {
    /** What the goals ask where nothing else is said. */
    public static final String BALENA_CLOUD = "https://api.balena-cloud.com";

    private static final String API = "api.";

    /**
     * The API that a user names.
     *
     * @throws FindingException RB600 if it is no address of a server, or a token would cross the internet in the clear
     */
    public static ApiUrl parse(String text) {
        String stripped = text.strip().replaceFirst("/+$", "");
        try {
            URI uri = URI.create(stripped);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            boolean plain = uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && (uri.getRawPath() == null || uri.getRawPath().isEmpty());
            if (uri.getHost() != null && plain && (scheme.equals("https") || isNear(scheme, uri.getHost()))) {
                return new ApiUrl(uri);
            }
        } catch (IllegalArgumentException e) {
            throw refused(stripped);
        }
        throw refused(stripped);
    }

    private static FindingException refused(String text) {
        return FindingException.input(
                Finding.error("RB600", "\"" + shown(text) + "\" is no address of a balena API")
                        .fix(
                                "write -Drosbalena.apiUrl=https://api.HOST, without path or user; http is taken only for servers"
                                        + " of this machine and of private networks, since it shows the token to everybody on the way"));
    }

    /** Somebody may have written a user and a password into it. */
    private static String shown(String text) {
        int at = text.lastIndexOf('@');
        return at < 0 ? text : text.substring(at + 1);
    }

    private static boolean isNear(String scheme, String host) {
        if (!scheme.equals("http")) {
            return false;
        }
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (!address.isLoopbackAddress() && !address.isSiteLocalAddress() && !address.isLinkLocalAddress()) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            // A name that nobody knows is not known to be near.
            return false;
        }
    }

    /**
     * Another service of the same installation, as balena's hosts are named.
     *
     * @param name for example {@code dashboard}
     */
    public URI sibling(String name) {
        String host = uri.getHost();
        String domain = host.startsWith(API) ? host.substring(API.length()) : host;
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        return URI.create(uri.getScheme() + "://" + name + "." + domain + port);
    }

    @Override
    public String toString() {
        return uri.toString();
    }
}
