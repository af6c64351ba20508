package io.rosbalena.registry;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Knows the login for a registry. */
@FunctionalInterface
public interface Logins {
    /** The names of Docker Hub, the one that people write first. */
    List<String> DOCKER_HUB =
            List.of("docker.io", "index.docker.io", "registry-1.docker.io", "registry.hub.docker.com");

    /** Nobody logs in. */
    Logins NONE = host -> Optional.empty();

    /**
     * The login for a registry.
     *
     * @param host host and, where stated, port
     */
    Optional<Login> find(String host);

    /**
     * Logins by host, as {@code settings.xml} has them: the id of a server is the host, with the port where one is
     * stated. Docker Hub goes by any of its names.
     */
    static Logins of(Map<String, Login> byHost) {
        Map<String, Login> known = Map.copyOf(byHost);
        return host -> Optional.ofNullable(known.get(host))
                .or(() -> DOCKER_HUB.contains(host)
                        ? DOCKER_HUB.stream()
                                .filter(known::containsKey)
                                .findFirst()
                                .map(known::get)
                        : Optional.empty());
    }

    /** These logins, and where they know none, others. */
    default Logins or(Logins others) {
        return host -> find(host).or(() -> others.find(host));
    }
}
