package io.rosbalena.transfer;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Proxies from {@code http_proxy}, {@code https_proxy}, {@code all_proxy} and {@code no_proxy}, read as curl(1) does:
 * lower case before upper case, and {@code HTTP_PROXY} not at all, since a CGI server sets it from a request's header.
 */
public final class EnvironmentProxies {
    private EnvironmentProxies() {}

    /**
     * The proxies that these variables describe.
     *
     * @throws IllegalArgumentException if a variable does not hold a proxy; the message names it and not its value
     */
    public static List<ProxyRule> read(Map<String, String> environment) {
        List<String> direct = direct(value(environment, "no_proxy", "NO_PROXY").orElse(""));
        Optional<String> all = value(environment, "all_proxy", "ALL_PROXY");
        List<ProxyRule> rules = new ArrayList<>();
        value(environment, "http_proxy").or(() -> all).ifPresent(proxy -> rules.add(rule("http", proxy, direct)));
        value(environment, "https_proxy", "HTTPS_PROXY")
                .or(() -> all)
                .ifPresent(proxy -> rules.add(rule("https", proxy, direct)));
        return rules;
    }

    private static Optional<String> value(Map<String, String> environment, String... names) {
        for (String name : names) {
            String value = environment.getOrDefault(name, "").trim();
            if (!value.isEmpty()) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    private static ProxyRule rule(String protocol, String value, List<String> direct) {
        try {
            URI uri = new URI(value.contains("://") ? value : "http://" + value);
            if (uri.getHost() == null || !"http".equalsIgnoreCase(uri.getScheme())) {
                throw new IllegalArgumentException(
                        protocol + "_proxy does not hold a proxy of the form http://host:port");
            }
            // 1080 is curl's default port for proxies.
            int port = uri.getPort() >= 0 ? uri.getPort() : 1080;
            return new ProxyRule(protocol, uri.getHost(), port, Location.userInfo(uri), direct);
        } catch (URISyntaxException e) {
            // The exception's message quotes the value, which may hold a password.
            throw new IllegalArgumentException(protocol + "_proxy does not hold a proxy of the form http://host:port");
        }
    }

    // "example.org" and ".example.org" both mean the domain and all hosts in it.
    private static List<String> direct(String noProxy) {
        List<String> patterns = new ArrayList<>();
        for (String item : noProxy.split("[,\\s]+", -1)) {
            String name = item.startsWith(".") ? item.substring(1) : item;
            if (name.isEmpty()) {
                continue;
            }
            patterns.add(name);
            if (!name.contains("*")) {
                patterns.add("*." + name);
            }
        }
        return patterns;
    }
}
