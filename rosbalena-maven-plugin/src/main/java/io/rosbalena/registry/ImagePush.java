package io.rosbalena.registry;

import io.rosbalena.image.Descriptor;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import io.rosbalena.store.Progress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Images of the store on their way into repositories of one registry. What a repository has is asked over one connection;
 * then blobs go out several at once, each only to the first repository that lacks it, from where the registry takes it
 * over into the others; configurations go after all layers, and manifests last, byte for byte. An interrupt of the
 * calling thread ends it promptly. For one thread.
 */
public final class ImagePush {
    private final RegistryHttp http;
    private final BlobStore store;
    private final Progress progress;

    /** Which repositories have a blob, as far as it was seen. A blob is in one thread's hands at a time. */
    private final Map<Digest, Set<String>> holders = new ConcurrentHashMap<>();

    /** @param progress is told of the bytes that will be sent, and that were */
    public ImagePush(Registry registry, BlobStore store, Progress progress) {
        this.http = registry.http();
        this.store = store;
        this.progress = progress;
    }

    /**
     * Pushes images.
     *
     * @param done hears of each image as soon as it can be pulled
     * @return what became of each, in the order of the orders
     * @throws IOException as {@link Registry} throws it; images of which {@code done} has heard are complete, of the
     *     others blobs may be there
     */
    public List<PushedImage> push(List<PushOrder> orders, Consumer<PushedImage> done) throws IOException {
        List<Delivery> deliveries = new ArrayList<>();
        for (PushOrder order : orders) {
            deliveries.add(new Delivery(OutgoingImage.read(order, store), scope(order.repository(), orders)));
        }
        for (Delivery delivery : deliveries) {
            lookAt(delivery);
        }
        try (UploadThreads threads = new UploadThreads()) {
            threads.run(transports(deliveries, OutgoingImage::layers));
            threads.run(transports(deliveries, image -> List.of(image.config())));
        }
        List<PushedImage> pushed = new ArrayList<>();
        for (Delivery delivery : deliveries) {
            writeManifest(delivery);
            pushed.add(delivery.result());
            done.accept(delivery.result());
        }
        return pushed;
    }

    /** One scope for all requests to a repository, so that a registry with tokens gives one of them. */
    private static Scope scope(String repository, List<PushOrder> orders) {
        Set<String> sources = new LinkedHashSet<>();
        for (PushOrder order : orders) {
            sources.add(order.repository());
            if (order.repository().equals(repository)) {
                order.sources().values().forEach(sources::addAll);
            }
        }
        return Scope.push(repository, sources);
    }

    /** One question after the other: they all go over one connection. */
    private void lookAt(Delivery delivery) throws IOException {
        BlobEndpoint blobs = new BlobEndpoint(http);
        for (Descriptor blob : delivery.image().blobs()) {
            Set<String> known = holders.computeIfAbsent(blob.digest(), digest -> new LinkedHashSet<>());
            if (known.contains(delivery.repository())
                    || blobs.has(delivery.repository(), blob.digest(), delivery.scope())) {
                known.add(delivery.repository());
                delivery.came(blob, Upload.Outcome.PRESENT);
            }
        }
    }

    private interface Part {
        List<Descriptor> of(OutgoingImage image);
    }

    /** For each blob that somebody lacks the way through all repositories that want it; the longest ways first. */
    private List<UploadThreads.Work> transports(List<Delivery> deliveries, Part part) {
        Map<Descriptor, List<Delivery>> wanted = new LinkedHashMap<>();
        for (Delivery delivery : deliveries) {
            for (Descriptor blob : part.of(delivery.image())) {
                if (delivery.lacks(blob)) {
                    wanted.computeIfAbsent(
                                    Descriptor.of(blob.mediaType(), blob.digest(), blob.size()),
                                    key -> new ArrayList<>())
                            .add(delivery);
                }
            }
        }
        return wanted.entrySet().stream()
                .sorted(Comparator.comparingLong(way -> -way.getKey().size()))
                .map(way -> (UploadThreads.Work) () -> transport(way.getKey(), way.getValue()))
                .toList();
    }

    private void transport(Descriptor blob, List<Delivery> way) throws IOException {
        Set<String> known = holders.computeIfAbsent(blob.digest(), digest -> new LinkedHashSet<>());
        for (Delivery delivery : way) {
            delivery.came(blob, bring(blob, delivery, known));
            known.add(delivery.repository());
        }
    }

    private Upload.Outcome bring(Descriptor blob, Delivery delivery, Set<String> known) throws IOException {
        if (known.contains(delivery.repository())) {
            return Upload.Outcome.PRESENT;
        }
        Set<String> sources = new LinkedHashSet<>(known);
        sources.addAll(delivery.image().order().sources().getOrDefault(blob.digest(), List.of()));
        Upload upload =
                new Upload(http, delivery.repository(), delivery.scope(), blob.digest(), store, progress, Upload.PIECE);
        return upload.bring(sources);
    }

    private void writeManifest(Delivery delivery) throws IOException {
        PushOrder order = delivery.image().order();
        ManifestEndpoint manifests = new ManifestEndpoint(http);
        for (String selector : order.selectors()) {
            manifests.put(
                    order.repository(),
                    selector,
                    delivery.image().mediaType(),
                    store.bytes(order.manifest()),
                    delivery.scope());
        }
    }
}
