package io.rosbalena.balena;

import io.rosbalena.json.JsonValue;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * A release that is being made, with its images. Whatever happens, it must not stay {@code running} on the server: it is
 * closed once, by whoever comes first, and after that nothing is created in it any more. Safe for several threads.
 */
public final class OpenRelease {
    private static final int LONGEST_ERROR = 10_000;

    /** How a release, or an image, ends; the words are the server's. */
    public enum Outcome {
        SUCCESS("success"),
        FAILED("failed"),
        CANCELLED("cancelled");

        private final String word;

        Outcome(String word) {
            this.word = word;
        }
    }

    /**
     * An image of the release, to be pushed.
     *
     * @param id of the server
     * @param location where the server wants it
     */
    public record OpenImage(long id, ImageLocation location) {}

    /** What a call created whose answer was lost: known by the moment that we gave it. */
    private record Sought(Query query, String start) {
        Optional<JsonValue> in(BalenaApi api) throws IOException {
            for (JsonValue row : api.list(query)) {
                Optional<JsonValue> stated = row.find("start_timestamp");
                if (stated.isPresent() && isAt(stated.get().string(), start)) {
                    return Optional.of(row);
                }
            }
            return Optional.empty();
        }

        /** Servers write the same moment in several ways. */
        private static boolean isAt(String stated, String start) {
            try {
                return Instant.parse(stated).equals(Instant.parse(start));
            } catch (DateTimeParseException e) {
                return false;
            }
        }
    }

    private final BalenaApi api;
    private final Clock clock;
    private final ReentrantReadWriteLock gate = new ReentrantReadWriteLock();
    private final SortedSet<Long> open = new TreeSet<>();
    private volatile @Nullable Long release;
    private volatile Optional<Sought> begun = Optional.empty();
    private volatile boolean ending;
    private volatile boolean closed;

    public OpenRelease(BalenaApi api, Clock clock) {
        this.api = api;
        this.clock = clock;
    }

    /**
     * Begins the release.
     *
     * @param fields of the row, but for status and time
     * @return its id
     */
    public long begin(Fleet fleet, String commit, Map<String, ?> fields) throws IOException {
        return inside(() -> {
            String start = now();
            Map<String, Object> row = new LinkedHashMap<>(fields);
            row.put("belongs_to__application", fleet.id());
            row.put("commit", commit);
            row.put("status", "running");
            row.put("source", "local");
            row.put("start_timestamp", start);
            Sought sought = new Sought(
                    Query.of("release")
                            .select("id,start_timestamp")
                            .filter("belongs_to__application eq " + fleet.id() + " and commit eq " + Query.text(commit)
                                    + " and status eq 'running'"),
                    start);
            begun = Optional.of(sought);
            long id = api.create("release", row, () -> sought.in(api)).get("id").number();
            release = id;
            return id;
        });
    }

    /**
     * Begins an image of a service and makes it part of the release.
     *
     * @param service the service's id
     * @param contract what it requires of a device
     */
    public OpenImage image(long service, Optional<Map<String, Object>> contract) throws IOException {
        return inside(() -> {
            String start = now();
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("is_a_build_of__service", service);
            row.put("status", "running");
            row.put("start_timestamp", start);
            contract.ifPresent(value -> row.put("contract", value));
            Sought sought = new Sought(
                    Query.of("image")
                            .select("id,start_timestamp,is_stored_at__image_location")
                            .filter("is_a_build_of__service eq " + service + " and status eq 'running'"),
                    start);
            JsonValue image = api.create("image", row, () -> sought.in(api));
            long id = image.get("id").number();
            synchronized (open) {
                open.add(id);
            }
            return new OpenImage(id, location(image));
        });
    }

    /** A dry run creates nothing, and so has no place for it. */
    private static ImageLocation location(JsonValue image) throws IOException {
        Optional<JsonValue> text = image.find("is_stored_at__image_location");
        if (text.isEmpty()) {
            return new ImageLocation("registry", "v2/of-image" + image.get("id").number());
        }
        return ImageLocation.parse(text.get().string())
                .orElseThrow(() -> new ApiException(
                        ApiException.Kind.UNUSABLE, "the API wants the image at a place that no registry has"));
    }

    /** Makes a row that belongs to the release: its place in it, a label, a variable. One that is there already is taken. */
    public JsonValue part(String resource, Map<String, ?> fields, Query same) throws IOException {
        return inside(() -> {
            BalenaApi.Recheck recheck = () -> api.first(same);
            try {
                return api.create(resource, fields, recheck);
            } catch (ApiException e) {
                Optional<JsonValue> there = e.kind() == ApiException.Kind.CONFLICT ? recheck.find() : Optional.empty();
                return there.orElseThrow(() -> e);
            }
        });
    }

    /** The image stands in the registry. */
    public void pushed(OpenImage image, Map<String, ?> fields) throws IOException {
        inside(() -> {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("status", Outcome.SUCCESS.word);
            row.put("push_timestamp", now());
            row.put("end_timestamp", now());
            row.putAll(fields);
            api.change(Query.of("image", image.id()), row);
            synchronized (open) {
                open.remove(image.id());
            }
            return true;
        });
    }

    /** Hands the release over to the devices. */
    public void succeed() throws IOException {
        gate.writeLock().lock();
        try {
            refuseIfClosed();
            end(api, Outcome.SUCCESS);
            closed = true;
        } finally {
            gate.writeLock().unlock();
        }
    }

    /**
     * Ends a release that comes to nothing; does nothing if it has ended.
     *
     * @param caller of the API, which may have less patience than the one that made the release
     * @param patience seconds for calls that are under way
     * @param reason for those who look at the release
     */
    public void close(BalenaApi caller, Outcome outcome, String reason, int patience) throws IOException {
        ending = true;
        boolean locked;
        try {
            locked = gate.writeLock().tryLock(patience, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            locked = false;
        }
        try {
            if (closed) {
                return;
            }
            closed = true;
            abandon(caller, outcome, reason);
        } finally {
            if (locked) {
                gate.writeLock().unlock();
            }
        }
    }

    /** One that cannot be told must not keep the others from being told. */
    private void abandon(BalenaApi caller, Outcome outcome, String reason) throws IOException {
        List<IOException> failures = new ArrayList<>();
        if (release == null && begun.isPresent()) {
            // Its creation may be on its way back to us.
            Optional<JsonValue> lost = begun.get().in(caller);
            release = lost.isPresent() ? lost.get().get("id").number() : null;
        }
        for (long image : left()) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("status", outcome.word);
            row.put("end_timestamp", now());
            row.put("error_message", reason.substring(0, Math.min(reason.length(), LONGEST_ERROR)));
            attempt(() -> caller.change(Query.of("image", image), row), failures);
            if (failures.stream().anyMatch(failure -> !(failure instanceof ApiException))) {
                // Each further call would wait as long for a server that is away.
                break;
            }
        }
        attempt(() -> end(caller, outcome), failures);
        if (!failures.isEmpty()) {
            throw failures.get(0);
        }
    }

    @FunctionalInterface
    private interface Attempt {
        void make() throws IOException;
    }

    private static void attempt(Attempt attempt, List<IOException> failures) {
        try {
            attempt.make();
        } catch (IOException e) {
            failures.add(e);
        }
    }

    private SortedSet<Long> left() {
        synchronized (open) {
            return new TreeSet<>(open);
        }
    }

    private void end(BalenaApi caller, Outcome outcome) throws IOException {
        if (release != null) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("status", outcome.word);
            row.put("end_timestamp", now());
            caller.change(Query.of("release", release), row);
        }
    }

    @FunctionalInterface
    private interface Call<T> {
        T make() throws IOException;
    }

    /** Many may make parts at once; who closes waits for them, and they no longer begin. */
    private <T> T inside(Call<T> call) throws IOException {
        gate.readLock().lock();
        try {
            refuseIfClosed();
            return call.make();
        } finally {
            gate.readLock().unlock();
        }
    }

    private void refuseIfClosed() throws InterruptedIOException {
        if (ending || closed) {
            throw new InterruptedIOException("the release was closed meanwhile");
        }
    }

    /** The server keeps milliseconds. */
    private String now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
