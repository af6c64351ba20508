package io.rosbalena.registry;

import org.jspecify.annotations.Nullable;

/** Hosts that are this machine itself, to which nothing travels over a network. */
final class Loopback {
    private Loopback() {}

    static boolean is(@Nullable String host) {
        return host != null
                && (host.equals("localhost")
                        || host.endsWith(".localhost")
                        || host.matches("127(\\.[0-9]{1,3}){3}")
                        || host.equals("[::1]"));
    }
}
