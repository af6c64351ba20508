package io.rosbalena.image;

import io.rosbalena.finding.FindingException;
import io.rosbalena.json.Json;
import io.rosbalena.json.JsonValue;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import io.rosbalena.store.DigestMismatchException;
import io.rosbalena.store.Progress;
import io.rosbalena.tree.MalformedArchiveException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes images made elsewhere into the store as bases. Nothing is believed: sizes, digests, the platform and the digest
 * of every layer's archive are checked. Layers that are not gzip are compressed again in our form.
 */
public final class BaseImages {
    private final BlobStore store;
    private final ImageViews layers;

    public BaseImages(BlobStore store) {
        this.store = store;
        this.layers = new ImageViews(store);
    }

    /**
     * The image that was read before under this digest, without its source; empty if the store has lost a part of it.
     *
     * @param manifest digest of the manifest for the platform
     * @throws FindingException if the image is not for the platform
     */
    public Optional<BaseImage> find(Digest manifest, Platform platform, Progress progress) throws IOException {
        if (!store.has(manifest)) {
            return Optional.empty();
        }
        ImageManifest parsed = ImageManifest.parse(store.bytes(manifest));
        if (!store.has(parsed.config().digest()) || !missingLayers(parsed).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(take(manifest.toString(), manifest, parsed, platform, progress));
    }

    /**
     * Reads an image; what the store has of it is not fetched.
     *
     * @throws FindingException RB451 to RB455 if it is not there, not for the platform, or malformed
     * @throws IOException if network or disk fail
     */
    public BaseImage read(ManifestSource source, Platform platform, Progress progress) throws IOException {
        byte[] bytes = ManifestChoice.choose(source, platform);
        ImageManifest manifest = ImageManifest.parse(bytes);
        List<Descriptor> wanted = new ArrayList<>();
        if (!store.has(manifest.config().digest())) {
            wanted.add(manifest.config());
        }
        wanted.addAll(missingLayers(manifest));
        try {
            source.fetch(wanted, store, progress);
        } catch (DigestMismatchException e) {
            throw BaseProblem.malformed(source.name(), e);
        }
        return take(source.name(), store.put(bytes), manifest, platform, progress);
    }

    /** Blobs that are neither in the store as they are nor taken in before. */
    private List<Descriptor> missingLayers(ImageManifest manifest) throws IOException {
        List<Descriptor> missing = new ArrayList<>();
        for (Descriptor layer : manifest.layers()) {
            if (!store.has(layer.digest())
                    && layers.findImported(layer.digest()).isEmpty()) {
                missing.add(layer);
            }
        }
        return missing;
    }

    private BaseImage take(String name, Digest digest, ImageManifest manifest, Platform platform, Progress progress)
            throws IOException {
        JsonValue config;
        List<Digest> diffIds = new ArrayList<>();
        Platform found;
        try {
            config = Json.parse(store.bytes(manifest.config().digest()));
            found = Platform.read(config);
            for (String diffId : config.get("rootfs").get("diff_ids").strings()) {
                diffIds.add(Digest.parse(diffId));
            }
        } catch (IOException | IllegalArgumentException e) {
            throw BaseProblem.malformed(name, e);
        }
        if (!found.equals(platform)) {
            throw BaseProblem.noPlatform(name, platform, List.of(found.toString()));
        }
        return new BaseImage(platform, digest, config, layers(name, manifest, diffIds, progress));
    }

    private List<Layer> layers(String name, ImageManifest manifest, List<Digest> diffIds, Progress progress)
            throws IOException {
        for (Descriptor layer : manifest.layers()) {
            String type = layer.mediaType();
            if (type.contains("foreign") || type.contains("nondistributable") || !type.contains("tar")) {
                throw BaseProblem.foreignLayer(name, type);
            }
            if (store.has(layer.digest()) && store.size(layer.digest()) != layer.size()) {
                throw BaseProblem.malformed(
                        name,
                        new MalformedImageException("its layer " + layer.digest() + " has " + store.size(layer.digest())
                                + " bytes where its manifest says " + layer.size()));
            }
        }
        List<Layer> taken = new ArrayList<>();
        try {
            for (ImportedLayer layer : layers.importAll(
                    manifest.layers().stream().map(Descriptor::digest).toList(), progress)) {
                taken.add(layer.asBase());
            }
        } catch (MalformedArchiveException e) {
            throw BaseProblem.malformed(name, e);
        }
        if (!taken.stream().map(Layer::diffId).toList().equals(diffIds)) {
            throw BaseProblem.malformed(
                    name, new MalformedImageException("its layers are not those that its configuration names"));
        }
        return taken;
    }
}
