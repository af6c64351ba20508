package io.rosbalena.robot.desk;

import io.rosbalena.device.DeviceException;
import io.rosbalena.device.Engine;
import io.rosbalena.device.EngineImage;
import io.rosbalena.device.EngineKind;
import io.rosbalena.image.DockerArchive;
import io.rosbalena.image.StoredImage;
import io.rosbalena.robot.surroundings.Console;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import io.rosbalena.store.Progress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Brings images to an engine, and of them only the layers that it does not have. */
final class Shipping {
    /** A small transfer is over before anybody reads of it. */
    private static final long LARGE = 20_000_000;

    private final Engine engine;
    private final EngineKind kind;
    private final BlobStore store;
    private final Console console;

    Shipping(Engine engine, EngineKind kind, BlobStore store, Console console) {
        this.engine = engine;
        this.kind = kind;
        this.store = store;
        this.console = console;
    }

    /**
     * Sends what is lacking. All of it goes in one archive: what breaks off leaves no image that is not whole.
     *
     * @param there the images that the engine has
     * @throws DeviceException if the engine does not take them
     */
    void send(List<DockerArchive.Item> items, List<EngineImage> there) throws IOException {
        Set<Digest> known = there.stream().map(EngineImage::id).collect(Collectors.toSet());
        Map<Digest, DockerArchive.Item> lacking = new LinkedHashMap<>();
        items.stream()
                .filter(item -> !known.contains(item.image().id()))
                .forEach(item -> lacking.merge(item.image().id(), item, Shipping::withBothNames));
        if (lacking.isEmpty()) {
            console.message("nothing to send: the engine has every image");
            return;
        }
        List<DockerArchive.Item> sent = List.copyOf(lacking.values());
        Set<Digest> layers = kind.takesParts() ? engine.layers(there) : Set.of();
        DockerArchive archive = DockerArchive.of(sent, layers, store);
        try {
            load(archive, sent);
        } catch (DeviceException e) {
            if (layers.isEmpty() || e.kind() != DeviceException.Kind.REFUSED || DeskFinding.isFull(e)) {
                throw e;
            }
            // A layer that was there has gone since, or this engine looks for files of layers that it has.
            console.message(DeskLogs.printable(
                    "the engine does not take the new layers alone (" + e.getMessage() + "); sending all"));
            load(DockerArchive.of(sent, Set.of(), store), sent);
        }
    }

    private static DockerArchive.Item withBothNames(DockerArchive.Item one, DockerArchive.Item other) {
        List<String> names = new ArrayList<>(one.names());
        names.addAll(other.names());
        return new DockerArchive.Item(one.image(), names);
    }

    private void load(DockerArchive archive, List<DockerArchive.Item> items) throws IOException {
        long all = items.stream()
                .map(DockerArchive.Item::image)
                .map(StoredImage::diffIds)
                .flatMap(List::stream)
                .distinct()
                .count();
        console.message("sending " + archive.layers() + " of " + all + " layers, " + megabytes(archive.size()));
        engine.load(archive, new Quarters(archive.size()));
    }

    static String megabytes(long bytes) {
        return bytes < 1_000_000
                ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
                : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }

    /** Tells each quarter of a large transfer. */
    private final class Quarters implements Progress {
        private final long size;
        private long sent;

        Quarters(long size) {
            this.size = size;
        }

        @Override
        public void message(String text) {
            console.message(text);
        }

        @Override
        public void expect(long bytes) {}

        @Override
        public void transferred(long bytes) {
            long before = 4 * sent / size;
            sent += bytes;
            long now = 4 * sent / size;
            if (size > LARGE && now > before && now < 4) {
                console.message("sent " + megabytes(sent) + " of " + megabytes(size));
            }
        }
    }
}
