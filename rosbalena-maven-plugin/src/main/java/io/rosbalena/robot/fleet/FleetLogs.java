package io.rosbalena.robot.fleet;

import io.rosbalena.balena.ApiException;
import io.rosbalena.balena.ApiFinding;
import io.rosbalena.balena.ApiServer;
import io.rosbalena.balena.Device;
import io.rosbalena.balena.Fleet;
import io.rosbalena.balena.Printable;
import io.rosbalena.balena.Query;
import io.rosbalena.balena.ServerLines;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.json.Json;
import io.rosbalena.json.JsonValue;
import io.rosbalena.robot.surroundings.Surroundings;
import io.rosbalena.run.ServiceLog;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The logs of a device of a fleet: what the server has of them, then what comes, as long as somebody wants it. */
public final class FleetLogs {
    private static final int HISTORY = 100;

    /** After a break: more than a device prints meanwhile, as the server lets nobody ask for what is new. */
    private static final int MISSED = 1000;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final ApiServer api;
    private final Device device;
    private final Set<String> services;
    private final boolean system;
    private final ServiceLog log;
    private final Map<Long, String> names = new HashMap<>();
    private final Set<String> lastSeen = new HashSet<>();
    private long last;

    private FleetLogs(ApiServer api, Device device, Set<String> services, boolean system, ServiceLog log) {
        this.api = api;
        this.device = device;
        this.services = Set.copyOf(services);
        this.system = system;
        this.log = log;
    }

    /** Whether a user means a device of a fleet, and not one on the desk: by a uuid, or beside the name of a fleet. */
    public static boolean takes(FleetAccess access, Optional<String> device) {
        return access.named().isPresent()
                || device.filter(name -> name.matches("[0-9a-f]{7,62}")).isPresent();
    }

    /**
     * Follows a device's logs until the thread is interrupted.
     *
     * @param named the device
     * @param services whose lines are wanted; empty for all
     * @param system whether what the Supervisor says is wanted, too
     * @throws FindingException RB645 and RB646 for the device, RB647 for a service, RB690 if no device is named
     */
    public static void follow(
            FleetAccess access,
            Optional<String> named,
            List<String> services,
            boolean system,
            Surroundings surroundings,
            Consumer<String> sink)
            throws IOException, InterruptedException {
        String name = named.orElseThrow(() -> FindingException.input(Finding.error("RB690", "no device is named")
                .fix("write -Ddevice=NAME or a uuid; mvn rosbalena:devices lists them")));
        ApiServer api = access.login(surroundings.network(), surroundings.console()::message);
        Optional<Fleet> fleet = access.named().isPresent() ? Optional.of(access.fleet(api)) : Optional.empty();
        FleetLogs logs = ApiFinding.telling(api, () -> {
            Device device = Device.find(api, name, fleet.map(Fleet::id));
            Map<Long, String> names = new HashMap<>();
            for (JsonValue row : api.list(
                    Query.of("service").select("id,service_name").filter("application eq " + device.fleet()))) {
                names.put(
                        row.get("id").number(),
                        Printable.line(row.get("service_name").string()));
            }
            check(services, names.values());
            FleetLogs one = new FleetLogs(
                    api,
                    device,
                    Set.copyOf(services),
                    system,
                    ServiceLog.prefixed(services.isEmpty() ? names.values() : services, sink));
            one.names.putAll(names);
            return one;
        });
        ApiFinding.telling(api, () -> {
            logs.follow();
            return true;
        });
    }

    private static void check(List<String> services, java.util.Collection<String> known) {
        for (String service : services) {
            if (!known.contains(service)) {
                throw FindingException.input(Finding.error("RB647", "the fleet has no service " + service)
                        .fix("choose from " + String.join(", ", new java.util.TreeSet<>(known))));
            }
        }
    }

    private void follow() throws IOException, InterruptedException {
        Duration pause = FIRST_PAUSE;
        boolean lost = false;
        int count = HISTORY;
        while (true) {
            try (ServerLines lines = api.follow("/device/v2/" + device.uuid() + "/logs?stream=1&count=" + count)) {
                if (lost) {
                    log.event("server", "answers again");
                }
                lost = false;
                pause = FIRST_PAUSE;
                read(lines);
            } catch (InterruptedIOException | ApiException e) {
                throw e;
            } catch (IOException e) {
                // Told below: it may pass.
            }
            count = MISSED;
            if (!lost) {
                log.event("server", "does not answer any more; trying again until Ctrl-C");
                lost = true;
            }
            Thread.sleep(pause.toMillis());
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    private void read(ServerLines lines) throws IOException {
        Optional<String> line = lines.next();
        while (line.isPresent()) {
            try {
                tell(Json.parse(line.get().getBytes(StandardCharsets.UTF_8)), line.get());
            } catch (IOException e) {
                // A line that is not understood still tells a person something.
                log.event("server", Printable.line(line.get()));
            }
            line = lines.next();
        }
    }

    private void tell(JsonValue line, String text) throws IOException {
        String message = Printable.line(line.get("message").string().stripTrailing());
        if (!isNew(line, text)) {
            return;
        }
        Optional<JsonValue> service = line.find("serviceId");
        if (service.isEmpty()) {
            if (system) {
                log.event("Supervisor:", message);
            }
            return;
        }
        long id = service.get().number();
        String name = names.getOrDefault(id, "service " + id);
        if (services.isEmpty() || services.contains(name)) {
            log.line(name, message);
        }
    }

    /** What came before a break comes again after it. */
    private boolean isNew(JsonValue line, String text) throws IOException {
        Optional<JsonValue> created = line.find("createdAt");
        if (created.isEmpty() || !(created.get().raw() instanceof Long time)) {
            return true;
        }
        if (time < last) {
            return false;
        }
        if (time > last) {
            last = time;
            lastSeen.clear();
        }
        return lastSeen.add(text);
    }
}
