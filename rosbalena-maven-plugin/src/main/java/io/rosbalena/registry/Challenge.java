package io.rosbalena.registry;

import java.net.http.HttpHeaders;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a registry wants to see before it answers, from {@code WWW-Authenticate} (RFC 9110 §11.6.1).
 *
 * @param scheme {@code basic} or {@code bearer}
 * @param parameters by lower-case name
 */
record Challenge(String scheme, Map<String, String> parameters) {
    private static final Pattern PARAMETER =
            Pattern.compile("([A-Za-z0-9_-]+)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^\\s,]+))");
    private static final Pattern SCHEME = Pattern.compile("(?i)(?:^|,)\\s*(bearer|basic)\\s+");

    Challenge {
        parameters = Map.copyOf(parameters);
    }

    /** The challenge for a token if there is one, else the one for a password; empty when it is neither. */
    static Optional<Challenge> read(HttpHeaders headers) {
        Optional<Challenge> basic = Optional.empty();
        for (String header : headers.allValues("WWW-Authenticate")) {
            Matcher scheme = SCHEME.matcher(header);
            while (scheme.find()) {
                Challenge challenge = new Challenge(
                        scheme.group(1).toLowerCase(Locale.ROOT), parameters(header.substring(scheme.end())));
                if (challenge.scheme.equals("bearer") && challenge.parameters.containsKey("realm")) {
                    return Optional.of(challenge);
                }
                if (challenge.scheme.equals("basic")) {
                    basic = Optional.of(challenge);
                }
            }
        }
        return basic;
    }

    private static Map<String, String> parameters(String text) {
        Map<String, String> parameters = new HashMap<>();
        Matcher matcher = PARAMETER.matcher(text);
        while (matcher.find()) {
            String value = matcher.group(2) == null
                    ? matcher.group(3)
                    : matcher.group(2).replaceAll("\\\\(.)", "$1");
            parameters.putIfAbsent(matcher.group(1).toLowerCase(Locale.ROOT), value);
        }
        return parameters;
    }

    /** Whether another token of the same rights would be refused in the same way (RFC 6750 §3.1). */
    boolean wantsMoreRights() {
        return parameter("error").filter("insufficient_scope"::equals).isPresent();
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }
}
