package io.rosbalena.device.scan;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Looks for devices in several networks, or at several addresses, at the same time. */
public final class Scan {
    /** A machine that is not there keeps a thread for some seconds. */
    private static final int AT_ONCE = 64;

    private final Probe probe;

    public Scan(Probe probe) {
        this.probe = probe;
    }

    /**
     * The devices that say that they are there.
     *
     * @param patience how long to listen
     * @throws IOException if a network cannot be listened to
     */
    public List<FoundDevice> announced(List<NetworkPort> networks, Duration patience)
            throws IOException, InterruptedException {
        Map<Object, Announcement> heard = new LinkedHashMap<>();
        List<Callable<Collection<Announcement>>> listening = new ArrayList<>();
        for (NetworkPort network : networks) {
            listening.add(() -> DeviceBrowser.browse(network, patience));
        }
        all(listening).forEach(some -> some.forEach(one -> heard.putIfAbsent(one.address(), one)));
        return at(heard.values());
    }

    /** What is at these addresses, in their order. */
    public List<FoundDevice> at(Collection<Announcement> addresses) throws IOException, InterruptedException {
        List<Callable<Optional<FoundDevice>>> probing = new ArrayList<>();
        addresses.forEach(one -> probing.add(() -> probe.at(one)));
        return all(probing).stream()
                .flatMap(Optional::stream)
                .sorted(Comparator.comparing(device -> Ipv4.number(device.address()), Integer::compareUnsigned))
                .toList();
    }

    private static <T> List<T> all(List<Callable<T>> work) throws IOException, InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, Math.min(work.size(), AT_ONCE)));
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> one : threads.invokeAll(work)) {
                results.add(one.get());
            }
            return results;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof InterruptedIOException) {
                throw new InterruptedException();
            }
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e);
        } finally {
            threads.shutdownNow();
        }
    }
}
