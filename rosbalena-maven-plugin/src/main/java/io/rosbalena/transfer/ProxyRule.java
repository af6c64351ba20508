package io.rosbalena.transfer;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One proxy and the hosts that are reached without it.
 *
 * @param protocol {@code http} or {@code https}: the scheme of the URIs that go through it
 * @param host the proxy's host
 * @param port the proxy's port
 * @param credential what the proxy wants to see
 * @param direct hosts reached without the proxy; {@code *} stands for any text
 */
public record ProxyRule(String protocol, String host, int port, Optional<Credential> credential, List<String> direct) {

    public ProxyRule {
        if (host.isEmpty() || port < 1 || port > 65535) {
            throw new IllegalArgumentException("not a proxy: " + host + ":" + port);
        }
        direct = direct.stream()
                .map(pattern -> pattern.trim().toLowerCase(Locale.ROOT))
                .filter(pattern -> !pattern.isEmpty())
                .toList();
    }

    /** A proxy as Maven's {@code settings.xml} has it; {@code nonProxyHosts} is separated by {@code |}. */
    public static ProxyRule of(
            String protocol, String host, int port, Optional<Credential> credential, String nonProxyHosts) {
        return new ProxyRule(protocol, host, port, credential, List.of(nonProxyHosts.split("[|,]", -1)));
    }

    /** Whether requests to this origin go through the proxy. This machine itself never does. */
    boolean covers(Origin origin) {
        return protocol.equals(origin.scheme())
                && !isLoopback(origin.host())
                && direct.stream().noneMatch(pattern -> matches(pattern, origin.host()));
    }

    Proxy address() {
        return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(host, port));
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
    }

    // '*' alone may take any length; walked without backtracking over more than the last '*'.
    private static boolean matches(String pattern, String host) {
        int p = 0;
        int h = 0;
        int star = -1;
        int resume = 0;
        while (h < host.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                resume = h;
            } else if (p < pattern.length() && pattern.charAt(p) == host.charAt(h)) {
                p++;
                h++;
            } else if (star >= 0) {
                p = star + 1;
                h = ++resume;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }
}
