package io.rosbalena.image;

import io.rosbalena.json.Json;
import io.rosbalena.json.JsonValue;
import io.rosbalena.store.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the manifest for one platform, going down through indexes. Attestations and other things that an index may name
 * are passed over; of several manifests for the platform the first is taken, as engines do. Whatever an index says, the
 * configuration of the image decides what it is for.
 */
final class ManifestChoice {
    private static final String ATTESTATION = "vnd.docker.reference.type";
    private static final int DEEPEST = 4;

    private final ManifestSource source;
    private final Platform wanted;
    private final Set<String> offered = new LinkedHashSet<>();

    private ManifestChoice(ManifestSource source, Platform wanted) {
        this.source = source;
        this.wanted = wanted;
    }

    /**
     * The manifest's bytes.
     *
     * @throws io.rosbalena.finding.FindingException RB452 if there is none for the platform, RB454 if a document is
     *     malformed
     * @throws IOException if the source fails
     */
    static byte[] choose(ManifestSource source, Platform wanted) throws IOException {
        ManifestChoice choice = new ManifestChoice(source, wanted);
        try {
            Optional<byte[]> found = choice.choose(source.top(), 0);
            if (found.isPresent() && choice.isForPlatform(found.get())) {
                return found.get();
            }
        } catch (MalformedImageException e) {
            throw BaseProblem.malformed(source.name(), e);
        }
        throw BaseProblem.noPlatform(source.name(), wanted, choice.offered);
    }

    /** Reads a manifest, every failure of which means that it is malformed. */
    static ImageManifest manifest(byte[] bytes) throws MalformedImageException {
        try {
            return ImageManifest.parse(bytes);
        } catch (IOException | IllegalArgumentException e) {
            throw new MalformedImageException(e);
        }
    }

    private Optional<byte[]> choose(byte[] document, int depth) throws IOException {
        Optional<List<Descriptor>> index = images(document);
        if (index.isEmpty()) {
            return Optional.of(document);
        }
        if (depth == DEEPEST) {
            throw new MalformedImageException("its index names indexes deeper than " + DEEPEST + " levels");
        }
        for (Descriptor descriptor : index.get()) {
            Optional<Platform> said = descriptor.platform();
            if (said.equals(Optional.of(wanted))) {
                Optional<byte[]> chosen = choose(read(descriptor), depth + 1);
                if (chosen.isPresent()) {
                    return chosen;
                }
            }
            said.filter(platform -> !platform.equals(Platform.UNKNOWN))
                    .ifPresent(platform -> offered.add(platform.toString()));
        }
        for (Descriptor descriptor : index.get()) {
            if (descriptor.platform().isEmpty()) {
                Optional<byte[]> chosen = choose(read(descriptor), depth + 1);
                if (chosen.isPresent() && isForPlatform(chosen.get())) {
                    return chosen;
                }
            }
        }
        return Optional.empty();
    }

    /** The images and indexes that an index names; empty if the document is no index. */
    private static Optional<List<Descriptor>> images(byte[] document) throws MalformedImageException {
        try {
            Optional<JsonValue> manifests = Json.parse(document).find("manifests");
            if (manifests.isEmpty()) {
                return Optional.empty();
            }
            List<Descriptor> images = new ArrayList<>();
            for (JsonValue item : manifests.get().items()) {
                Descriptor descriptor = Descriptor.read(item);
                boolean known =
                        MediaType.isIndex(descriptor.mediaType()) || MediaType.isManifest(descriptor.mediaType());
                if (known && !descriptor.annotations().containsKey(ATTESTATION)) {
                    images.add(descriptor);
                }
            }
            return Optional.of(images);
        } catch (IOException e) {
            throw new MalformedImageException(e);
        }
    }

    private byte[] read(Descriptor descriptor) throws IOException {
        if (descriptor.size() > ManifestSource.LARGEST_MANIFEST) {
            throw new MalformedImageException(
                    "its document " + descriptor.digest() + " has " + descriptor.size() + " bytes");
        }
        byte[] bytes = source.document(descriptor);
        if (bytes.length != descriptor.size() || !Digest.of(bytes).equals(descriptor.digest())) {
            throw new MalformedImageException(
                    "its document " + descriptor.digest() + " has other bytes than its digest promises");
        }
        return bytes;
    }

    /** Layouts often do not say in the index what a manifest is for; its configuration does. */
    private boolean isForPlatform(byte[] manifest) throws IOException {
        byte[] config = read(manifest(manifest).config());
        try {
            Platform platform = Platform.read(Json.parse(config));
            offered.add(platform.toString());
            return platform.equals(wanted);
        } catch (IOException e) {
            throw new MalformedImageException(e);
        }
    }
}
