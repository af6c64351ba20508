package io.rosbalena.transfer;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How the network is used.
 *
 * @param offline no attempt at all is made
 * @param caFile certificate authorities in PEM, trusted besides those of the Java platform
 * @param proxies the first that covers an origin is taken
 * @param credentials what servers want to see
 * @param patience attempts and waiting times
 */
public record TransferSettings(
        boolean offline, Optional<Path> caFile, List<ProxyRule> proxies, Credentials credentials, Patience patience) {

    public TransferSettings {
        proxies = List.copyOf(proxies);
    }

    /** Online, the platform's trust, no proxy, no credentials. */
    public static TransferSettings standard() {
        return new TransferSettings(false, Optional.empty(), List.of(), Credentials.NONE, Patience.STANDARD);
    }

    public TransferSettings withOffline(boolean value) {
        return new TransferSettings(value, caFile, proxies, credentials, patience);
    }

    public TransferSettings withCaFile(Path file) {
        return new TransferSettings(offline, Optional.of(file), proxies, credentials, patience);
    }

    public TransferSettings withProxies(List<ProxyRule> rules) {
        return new TransferSettings(offline, caFile, rules, credentials, patience);
    }

    public TransferSettings withCredentials(Credentials known) {
        return new TransferSettings(offline, caFile, proxies, known, patience);
    }

    public TransferSettings withPatience(Patience value) {
        return new TransferSettings(offline, caFile, proxies, credentials, value);
    }

    /**
     * How long to try.
     *
     * @param attempts attempts without a single new byte before giving up, at least 1
     * @param firstDelay pause after the first failure; it doubles with each further one
     * @param longestDelay the longest pause, also where a server asks for more
     * @param connect time to make a connection
     * @param silence time without a byte after which a connection counts as dead
     */
    public record Patience(
            int attempts, Duration firstDelay, Duration longestDelay, Duration connect, Duration silence) {
        static final Patience STANDARD = new Patience(
                5, Duration.ofMillis(500), Duration.ofSeconds(60), Duration.ofSeconds(20), Duration.ofSeconds(60));

        /** For a server in the midst of whose work it would be bad to give up: at least seven attempts, as its own clients do. */
        public Patience persistent() {
            return new Patience(Math.max(attempts, 7), firstDelay.multipliedBy(2), longestDelay, connect, silence);
        }

        /** For a connection on which nothing may come for longer. */
        public Patience silent(Duration longer) {
            return new Patience(attempts, firstDelay, longestDelay, connect, longer);
        }

        /** For a server that a build can do without: no more than two attempts, and none of them waits for long. */
        public Patience brief() {
            Duration most = Duration.ofSeconds(5);
            return new Patience(
                    Math.min(attempts, 2),
                    firstDelay,
                    shorter(longestDelay, most),
                    shorter(connect, most),
                    shorter(silence, Duration.ofSeconds(30)));
        }

        private static Duration shorter(Duration one, Duration other) {
            return one.compareTo(other) < 0 ? one : other;
        }

        public Patience {
            if (attempts < 1) {
                throw new IllegalArgumentException("at least one attempt is needed");
            }
        }
    }
}
