package io.rosbalena.device.scan;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
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
     * The devices that say that they are there. A network that cannot be listened to is passed over where another one
     * can: machines have networks that lead nowhere.
     *
     * @param patience how long to listen
     * @throws FindingException RB689 if none can be listened to
     */
    public List<FoundDevice> announced(List<NetworkPort> networks, Duration patience)
            throws IOException, InterruptedException {
        Map<Object, Announcement> heard = new LinkedHashMap<>();
        List<String> failures = Collections.synchronizedList(new ArrayList<>());
        List<Callable<Collection<Announcement>>> listening = new ArrayList<>();
        for (NetworkPort network : networks) {
            listening.add(() -> listen(network, patience, failures));
        }
        all(listening).forEach(some -> some.forEach(one -> heard.putIfAbsent(one.address(), one)));
        if (failures.size() == networks.size()) {
            throw FindingException.environment(
                    Finding.error("RB689", "no network can be listened to: " + String.join("; ", failures))
                            .fix("name the device, or the network: -Ddevice=192.168.1.0/24"));
        }
        return at(heard.values());
    }

    private static Collection<Announcement> listen(NetworkPort network, Duration patience, List<String> failures)
            throws InterruptedException {
        try {
            return DeviceBrowser.browse(network, patience);
        } catch (IOException e) {
            failures.add(network.address().getHostAddress() + ": " + e.getMessage());
            return List.of();
        }
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
