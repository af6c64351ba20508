package io.rosbalena.registry;

import java.util.List;
import java.util.Optional;

/** Knows the login for a registry. */
@FunctionalInterface
public interface Logins {
    /** The names of Docker Hub, the one that people write first. */
    List<String> DOCKER_HUB =
            List.of("docker.io", "index.docker.io", "registry-1.docker.io", "registry.hub.docker.com");

    /** Nobody logs in. */
    Logins NONE = (host, repository) -> Optional.empty();

    /**
     * The login for a repository of a registry.
     *
     * @param host host and, where stated, port
     * @param repository for example {@code library/ros}
     */
    Optional<Login> find(String host, String repository);

    /** These logins; that of Docker Hub also where it is kept under another of its names. */
    default Logins underAnyHubName() {
        return (host, repository) -> find(host, repository)
                .or(() -> DOCKER_HUB.contains(host)
                        ? DOCKER_HUB.stream()
                                .map(name -> find(name, repository))
                                .flatMap(Optional::stream)
                                .findFirst()
                        : Optional.empty());
    }

    /** These logins, and where they know none, others. */
    default Logins or(Logins others) {
        return (host, repository) -> find(host, repository).or(() -> others.find(host, repository));
    }
}
