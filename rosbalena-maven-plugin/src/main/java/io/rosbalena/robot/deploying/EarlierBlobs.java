package io.rosbalena.robot.deploying;

import io.rosbalena.balena.BalenaApi;
import io.rosbalena.balena.EarlierRelease;
import io.rosbalena.balena.EarlierRelease.StoredImage;
import io.rosbalena.balena.RegistryToken;
import io.rosbalena.image.Descriptor;
import io.rosbalena.image.ImageManifest;
import io.rosbalena.registry.Registries;
import io.rosbalena.registry.Registry;
import io.rosbalena.registry.RegistryException;
import io.rosbalena.store.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Which repositories of a registry have which blobs from earlier releases. What cannot be read there is sent anew. */
final class EarlierBlobs {
    private final Map<StoredImage, List<Digest>> blobs = new HashMap<>();

    private EarlierBlobs() {}

    static EarlierBlobs none() {
        return new EarlierBlobs();
    }

    /** Reads the manifests of earlier releases, each once. */
    static EarlierBlobs of(BalenaApi api, Registries registries, List<EarlierRelease> releases) throws IOException {
        EarlierBlobs found = new EarlierBlobs();
        Map<String, Set<StoredImage>> byHost = new HashMap<>();
        for (EarlierRelease release : releases) {
            for (StoredImage image : release.images().values()) {
                byHost.computeIfAbsent(image.location().host(), host -> new HashSet<>())
                        .add(image);
            }
        }
        for (Map.Entry<String, Set<StoredImage>> one : byHost.entrySet()) {
            found.read(api, registries, one.getKey(), one.getValue());
        }
        return found;
    }

    private void read(BalenaApi api, Registries registries, String host, Collection<StoredImage> images)
            throws IOException {
        Set<String> repositories = new TreeSet<>();
        images.forEach(image -> repositories.add(image.location().repository()));
        RegistryToken token = RegistryToken.ask(api, host, List.of(), repositories);
        Registry registry = registries.at(host, token::value);
        for (StoredImage image : images) {
            if (token.allows(image.location().repository(), "pull")) {
                blobs.put(image, read(registry, image));
            }
        }
    }

    private static List<Digest> read(Registry registry, StoredImage image) throws IOException {
        try {
            Optional<byte[]> bytes = registry.readManifest(
                    image.location().repository(), image.manifest().toString());
            if (bytes.isEmpty() || !Digest.of(bytes.get()).equals(image.manifest())) {
                return List.of();
            }
            ImageManifest manifest = ImageManifest.parse(bytes.get());
            List<Digest> digests = new ArrayList<>();
            digests.add(manifest.config().digest());
            manifest.layers().stream().map(Descriptor::digest).forEach(digests::add);
            return digests;
        } catch (RegistryException e) {
            // An old repository may have been cleaned up, or be closed to this key: its blobs are sent.
            return List.of();
        }
    }

    /** What a device has that runs a release. */
    Set<Digest> of(EarlierRelease release) {
        Set<Digest> all = new HashSet<>();
        release.images().values().forEach(image -> all.addAll(blobs.getOrDefault(image, List.of())));
        return all;
    }

    /** The repositories of a registry that have a blob, by blob. */
    Map<Digest, List<String>> repositories(String host) {
        Map<Digest, List<String>> repositories = new HashMap<>();
        blobs.forEach((image, digests) -> {
            if (image.location().host().equals(host)) {
                digests.forEach(digest -> repositories
                        .computeIfAbsent(digest, key -> new ArrayList<>())
                        .add(image.location().repository()));
            }
        });
        return repositories;
    }

    /** All repositories that were read. */
    Set<String> names(String host) {
        Set<String> names = new TreeSet<>();
        repositories(host).values().forEach(names::addAll);
        return names;
    }
}
