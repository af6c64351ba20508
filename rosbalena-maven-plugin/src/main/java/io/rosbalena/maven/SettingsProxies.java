package io.rosbalena.maven;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.transfer.Credential;
import io.rosbalena.transfer.EnvironmentProxies;
import io.rosbalena.transfer.ProxyRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.maven.settings.Proxy;
import org.codehaus.plexus.util.StringUtils;

/**
 * The proxies of {@code settings.xml}, chosen as Maven does for its own downloads: the first active one of the address's
 * protocol that does not except the host; for https also one of http. The environment's proxies count for a protocol
 * that {@code settings.xml} says nothing about.
 */
final class SettingsProxies {
    private static final List<String> PROTOCOLS = List.of("http", "https");

    private SettingsProxies() {}

    /**
     * The rules in the order in which they are tried.
     *
     * @throws FindingException RB750 if a password cannot be decrypted, RB751 if a proxy is malformed
     */
    static List<ProxyRule> rules(List<Proxy> proxies, SettingsSecrets secrets, Map<String, String> environment) {
        List<Proxy> active =
                proxies.stream().filter(Proxy::isActive).map(secrets::open).toList();
        List<ProxyRule> rules = new ArrayList<>();
        for (String protocol : PROTOCOLS) {
            List<ProxyRule> stated = new ArrayList<>(stated(protocol, protocol, active));
            if (protocol.equals("https")) {
                stated.addAll(stated(protocol, "http", active));
            }
            rules.addAll(stated.isEmpty() ? environment(protocol, environment) : stated);
        }
        return rules;
    }

    private static List<ProxyRule> stated(String protocol, String type, List<Proxy> active) {
        return active.stream()
                .filter(proxy -> type.equals(proxy.getProtocol().toLowerCase(Locale.ROOT)))
                .map(proxy -> rule(protocol, proxy))
                .toList();
    }

    private static ProxyRule rule(String protocol, Proxy proxy) {
        Optional<Credential> credential = StringUtils.isEmpty(proxy.getUsername())
                ? Optional.empty()
                : Optional.of(
                        Credential.basic(proxy.getUsername(), Objects.requireNonNullElse(proxy.getPassword(), "")));
        try {
            return ProxyRule.of(
                    protocol,
                    StringUtils.clean(proxy.getHost()),
                    proxy.getPort(),
                    credential,
                    StringUtils.clean(proxy.getNonProxyHosts()));
        } catch (IllegalArgumentException e) {
            throw FindingException.input(
                    Finding.error("RB751", "the proxy " + proxy.getId() + " is malformed: " + e.getMessage())
                            .at("settings.xml")
                            .fix("give its <host> and its <port>, 1 to 65535"));
        }
    }

    private static List<ProxyRule> environment(String protocol, Map<String, String> environment) {
        try {
            return EnvironmentProxies.read(environment).stream()
                    .filter(rule -> rule.protocol().equals(protocol))
                    .toList();
        } catch (IllegalArgumentException e) {
            throw FindingException.input(
                    Finding.error("RB751", "a proxy in the environment is malformed: " + e.getMessage())
                            .fix("correct or unset the variable"));
        }
    }
}
