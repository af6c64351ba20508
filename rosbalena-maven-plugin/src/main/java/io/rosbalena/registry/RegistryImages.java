package io.rosbalena.registry;

import io.rosbalena.image.Descriptor;
import io.rosbalena.image.ImageManifest;
import io.rosbalena.image.MediaType;
import io.rosbalena.image.Platform;
import io.rosbalena.json.Json;
import io.rosbalena.json.JsonValue;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import io.rosbalena.store.Progress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Images of registries, one platform at a time, brought into the store with every byte as the registry has it. */
public final class RegistryImages {
    private static final long LARGEST_CONFIG = 8 << 20;

    /** Beyond any image; a registry's word alone shall not fill the disk. */
    private static final long LARGEST_LAYER = 64L << 30;

    private final Registries registries;

    public RegistryImages(Registries registries) {
        this.registries = registries;
    }

    /**
     * The manifest that stands for a name on a platform. Attestations of an index are passed over; a name without index
     * is judged by its configuration. Manifest and configuration are in the store afterwards.
     *
     * @throws RegistryException of kind UNUSABLE if there is none for the platform
     * @throws IOException if the registry cannot be reached
     */
    public Descriptor resolve(ImageName name, Platform platform, BlobStore store) throws IOException {
        Descriptor top = manifest(name, name.selector(), store);
        Descriptor manifest = top;
        if (MediaType.isIndex(top.mediaType())) {
            manifest = manifest(name, choose(top, platform, store).digest().toString(), store);
        }
        ImageManifest parsed = parse(manifest, store);
        Platform actual = Platform.read(Json.parse(config(name, parsed, store)));
        if (!actual.equals(platform)) {
            throw new RegistryException(
                    RegistryException.Kind.UNUSABLE, "the image is for " + actual + ", not for " + platform);
        }
        return manifest;
    }

    /**
     * Brings the blobs of a manifest into the store, which has the manifest.
     *
     * @throws IOException if one cannot be had, or is not what the manifest says
     */
    public void fetch(ImageName name, Digest manifest, BlobStore store, Progress progress) throws IOException {
        if (!store.has(manifest)) {
            manifest(name, manifest.toString(), store);
        }
        ImageManifest parsed = ImageManifest.parse(store.bytes(manifest));
        List<Descriptor> missing = new ArrayList<>(parsed.layers());
        missing.add(parsed.config());
        missing.removeIf(blob -> store.has(blob.digest()));
        for (Descriptor blob : missing) {
            if (blob.size() > LARGEST_LAYER) {
                throw new RegistryException(
                        RegistryException.Kind.UNUSABLE,
                        "a layer of " + blob.size() + " bytes is more than an image holds");
            }
            progress.expect(blob.size());
        }
        for (Descriptor blob : missing) {
            registries.at(name.host()).fetchBlob(name.repository(), blob.digest(), blob.size(), store, progress);
        }
    }

    private Descriptor manifest(ImageName name, String selector, BlobStore store) throws IOException {
        return registries.at(name.host()).manifest(name.repository(), selector, store);
    }

    private static Descriptor choose(Descriptor index, Platform platform, BlobStore store) throws IOException {
        TreeSet<String> there = new TreeSet<>();
        for (JsonValue item :
                Json.parse(store.bytes(index.digest())).get("manifests").items()) {
            Descriptor manifest = Descriptor.read(item);
            if (manifest.annotations().containsKey("vnd.docker.reference.type")) {
                continue;
            }
            if (manifest.platform().equals(Optional.of(platform)) && MediaType.isManifest(manifest.mediaType())) {
                return manifest;
            }
            manifest.platform().ifPresent(other -> there.add(other.toString()));
        }
        there.remove("unknown/unknown");
        throw new RegistryException(
                RegistryException.Kind.UNUSABLE,
                "there is no image for " + platform + ", only for " + String.join(", ", there));
    }

    private static ImageManifest parse(Descriptor manifest, BlobStore store) throws IOException {
        if (!MediaType.isManifest(manifest.mediaType())) {
            throw new RegistryException(RegistryException.Kind.UNUSABLE, "an index inside an index is not followed");
        }
        return ImageManifest.parse(store.bytes(manifest.digest()));
    }

    private byte[] config(ImageName name, ImageManifest manifest, BlobStore store) throws IOException {
        Descriptor config = manifest.config();
        if (config.size() > LARGEST_CONFIG) {
            throw new RegistryException(
                    RegistryException.Kind.UNUSABLE, "the configuration has " + config.size() + " bytes");
        }
        registries.at(name.host()).fetchBlob(name.repository(), config.digest(), config.size(), store, Progress.SILENT);
        return store.bytes(config.digest());
    }
}
