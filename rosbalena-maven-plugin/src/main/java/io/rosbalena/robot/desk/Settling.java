package io.rosbalena.robot.desk;

import io.rosbalena.device.DeviceException;
import io.rosbalena.device.Engine;
import io.rosbalena.device.LocalState;
import io.rosbalena.device.Supervisor;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.store.Digest;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Waits until a device runs what it was told to. That the Supervisor has nothing to do is not enough: it begins a little
 * after it was told, so each service's container is looked at, too.
 */
final class Settling {
    private static final Duration PAUSE = Duration.ofMillis(250);

    /** So often it may say that it is done while a service has no container of the right image. */
    private static final int PATIENCE = 60;

    /** A slow device starts a large robot within minutes; longer than that something holds it up. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private static final int FAILURES = 20;

    private final String device;
    private final Supervisor supervisor;
    private final Engine engine;
    private final SortedMap<String, Digest> images;
    private final Duration pause;

    /** @param images the image of each service */
    Settling(DeskDevice device, SortedMap<String, Digest> images) {
        this(device, images, PAUSE);
    }

    /** @param pause between two questions */
    Settling(DeskDevice device, SortedMap<String, Digest> images, Duration pause) {
        this.device = device.name();
        this.supervisor = device.supervisor();
        this.engine = device.engine();
        this.images = images;
        this.pause = pause;
    }

    /**
     * Waits.
     *
     * @return the container of each service
     * @throws FindingException RB670 if it does not get there
     */
    SortedMap<String, String> await() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        int idle = 0;
        int failures = 0;
        while (true) {
            try {
                LocalState state = supervisor.state();
                SortedMap<String, String> right = state.applied() ? right(state) : new TreeMap<>();
                failures = 0;
                if (right.keySet().containsAll(images.keySet())) {
                    return right;
                }
                idle = state.applied() ? idle + 1 : 0;
                if (idle >= PATIENCE || System.nanoTime() - begin > LONGEST.toNanos()) {
                    throw stuck(state, right.keySet());
                }
            } catch (DeviceException e) {
                // A device that is busy starting containers may miss a question.
                if (++failures >= FAILURES || e.kind() == DeviceException.Kind.GARBAGE) {
                    throw e;
                }
            }
            Thread.sleep(pause.toMillis());
        }
    }

    /** The containers that are made from the right images. */
    private SortedMap<String, String> right(LocalState state) throws IOException {
        SortedMap<String, String> right = new TreeMap<>();
        for (LocalState.Container container : state.containers()) {
            Optional<Digest> wanted = Optional.ofNullable(images.get(container.service()));
            if (wanted.isPresent() && !container.id().isEmpty() && wanted.equals(engine.imageOf(container.id()))) {
                right.put(container.service(), container.id());
            }
        }
        return right;
    }

    private FindingException stuck(LocalState state, Set<String> right) {
        SortedSet<String> missing = new TreeSet<>(images.keySet());
        missing.removeAll(right);
        String how = state.containers().stream()
                .filter(container -> missing.contains(container.service()))
                .map(container -> container.service() + " is " + container.status())
                .sorted()
                .reduce((one, other) -> one + ", " + other)
                .orElse("no container is there");
        return FindingException.environment(
                Finding.error("RB670", device + " did not start " + String.join(", ", missing) + ": " + how)
                        .fix("see what the Supervisor says above; a service that holds an update lock is stopped with"
                                + " -Drosbalena.overrideLocks"));
    }
}
