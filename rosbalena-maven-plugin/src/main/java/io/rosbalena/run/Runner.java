package io.rosbalena.run;

import io.rosbalena.finding.FindingException;
import io.rosbalena.sandbox.Way;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs services on this machine, each in a root made from its image's layers. */
public final class Runner {
    private final BlobStore store;
    private final LayerDirs layers;
    private final Progress progress;
    private final List<Way> ways;

    /**
     * @param store keeps unpacked layers between runs
     * @param blobs where layers are read from
     */
    public Runner(BlobStore store, LayerBlobs blobs, Progress progress) throws IOException {
        this(store, blobs, progress, ways());
    }

    /**
     * @param ways the ways to try, in this order
     */
    Runner(BlobStore store, LayerBlobs blobs, Progress progress, List<Way> ways) {
        this.store = store;
        this.layers = new LayerDirs(store, blobs);
        this.progress = progress;
        this.ways = List.copyOf(ways);
    }

    /**
     * Starts all services in the order of their dependencies and waits until they have ended, the time is over, this
     * thread is interrupted or the JVM is asked to end; then stops what still runs, in the reverse order.
     *
     * @return how each service ended
     * @throws FindingException RB333 if this machine leaves no way open, RB550 or RB551 for wrong dependencies, RB552 for a
     *     layer, RB555 for a root that could not be prepared
     */
    public RunReport run(List<Service> services, RunOptions options) throws IOException, InterruptedException {
        List<Service> order = StartOrder.of(services);
        Way way = Way.choose(ways);
        Map<String, List<Path>> unpacked = new LinkedHashMap<>();
        for (Service service : order) {
            unpacked.put(service.name(), unpack(service));
        }
        NotApplied.tell(order, way, options.log());
        try (RunFolder folder = RunFolder.create(store)) {
            List<Supervision> supervisions = new ArrayList<>();
            for (Service service : order) {
                ServiceRoot root =
                        ServiceRoot.create(folder.of(service.name()), unpacked.getOrDefault(service.name(), List.of()));
                List<ServiceDevice> devices = HostDevices.present(service, options.log());
                ServiceStart start = way == Way.ROOT_WITHOUT_MOUNTS
                        ? new ChrootStart(service, root, devices, options)
                        : new NamespaceStart(way, service, root, devices, options);
                supervisions.add(new Supervision(service, start, options.log()));
            }
            return run(new Fleet(supervisions), options.limit(), folder);
        }
    }

    private static RunReport run(Fleet fleet, Optional<Duration> limit, RunFolder folder)
            throws IOException, InterruptedException {
        Thread hook = new Thread(() -> stop(fleet, folder), "stop of all services");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            fleet.start();
            fleet.await(limit);
        } finally {
            fleet.stop();
            remove(hook);
        }
        return fleet.report();
    }

    /** What is done when the JVM is asked to end: it does not wait for its other threads, so they could not clean up. */
    private static void stop(Fleet fleet, RunFolder folder) {
        try {
            fleet.stop();
            folder.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // The next run removes what this one leaves.
        }
    }

    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending, and the hook did its work.
        }
    }

    private List<Path> unpack(Service service) throws IOException, InterruptedException {
        List<Path> paths = new ArrayList<>();
        for (ServiceLayer layer : service.layers()) {
            paths.add(layers.unpack(layer, progress));
        }
        return paths;
    }

    /** The machine's root can give files to every owner that an image has, which a user namespace of one uid cannot. */
    private static List<Way> ways() throws IOException {
        return Owners.areKept()
                ? List.of(Way.ROOT_WITH_MOUNTS, Way.USER_NAMESPACE, Way.ROOT_WITHOUT_MOUNTS)
                : List.of(Way.USER_NAMESPACE, Way.ROOT_WITH_MOUNTS, Way.ROOT_WITHOUT_MOUNTS);
    }
}
