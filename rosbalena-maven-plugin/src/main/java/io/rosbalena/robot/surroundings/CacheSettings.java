package io.rosbalena.robot.surroundings;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a user says of the cache that machines share.
 *
 * @param repository {@code [host[:port]/]repository}
 * @param keys public keys of those whose results are taken from there
 * @param signingKey file of the private key with which results of this machine are given
 */
public record CacheSettings(Optional<String> repository, List<String> keys, Optional<Path> signingKey) {
    public CacheSettings {
        keys = List.copyOf(keys);
    }
}
