package io.rosbalena.robot.fleet;

import io.rosbalena.balena.ApiFinding;
import io.rosbalena.balena.ApiServer;
import io.rosbalena.balena.Device;
import io.rosbalena.balena.Fleet;
import io.rosbalena.balena.Query;
import io.rosbalena.balena.Release;
import io.rosbalena.balena.ReleaseSearch;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.json.JsonValue;
import io.rosbalena.robot.surroundings.Surroundings;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The goal {@code rollback}: a fleet or a device is pinned to a release, or takes the latest one again. */
public final class Rollback {
    /** The word for the release before. */
    public static final String PREVIOUS = "previous";

    private final ApiServer api;
    private final Fleet fleet;
    private final ReleaseSearch search;
    private final Consumer<String> sink;

    private Rollback(ApiServer api, Fleet fleet, Consumer<String> sink) {
        this.api = api;
        this.fleet = fleet;
        this.search = new ReleaseSearch(api, fleet);
        this.sink = sink;
    }

    /**
     * What is asked for.
     *
     * @param device the device that alone is meant; empty: the fleet
     * @param release commit, version or {@link #PREVIOUS}; empty: the previous one
     * @param track whether the latest release is taken in place of a certain one
     */
    public record Request(Optional<String> device, Optional<String> release, boolean track) {}

    /**
     * Pins, or lets go.
     *
     * @throws FindingException RB645 and RB646 for the device, RB649 to RB652 for the release, RB659 for a request that
     *     contradicts itself
     */
    public static void run(FleetAccess access, Request request, Surroundings surroundings, Consumer<String> sink)
            throws IOException, InterruptedException {
        if (request.track() && request.release().isPresent()) {
            throw FindingException.input(Finding.error("RB659", "a release is named, and the latest one is asked for")
                    .fix("leave out -Drosbalena.release or -Drosbalena.track"));
        }
        ApiServer api = access.login(surroundings.network(), surroundings.console()::message);
        Fleet fleet = access.fleet(api);
        ApiFinding.telling(api, () -> {
            Rollback rollback = new Rollback(api, fleet, sink);
            if (request.device().isPresent()) {
                rollback.device(Device.find(api, request.device().get(), Optional.of(fleet.id())), request);
            } else if (request.track()) {
                rollback.trackFleet();
            } else {
                rollback.pinFleet(request.release().orElse(PREVIOUS));
            }
            return true;
        });
    }

    private void pinFleet(String name) throws IOException {
        Release wanted = wanted(name, fleet.runs(), "fleet " + fleet.slug());
        if (!wanted.isFinal()) {
            throw FindingException.input(Finding.error("RB651", "release " + wanted + " is a draft")
                    .fix("pin a device to it with -Ddevice, or publish it: mvn rosbalena:finalize -Dfleet="
                            + fleet.slug() + " -Drosbalena.release=" + wanted.commit()));
        }
        boolean there = fleet.runs().equals(Optional.of(wanted.id()));
        if (there && !fleet.tracksLatest()) {
            sink.accept("fleet " + fleet.slug() + " is pinned to " + wanted + " already: there is nothing to do");
            return;
        }
        String before = shown(fleet.runs());
        api.change(
                Query.of("application", fleet.id()),
                fields("should_be_running__release", wanted.id(), "should_track_latest_release", false));
        sink.accept(
                "fleet " + fleet.slug() + " is pinned to " + wanted + (there ? "" : "; it was meant to run " + before));
        tellDevices();
        sink.accept("it no longer takes new releases; mvn rosbalena:rollback -Dfleet=" + fleet.slug()
                + " -Drosbalena.track lets it do so again");
    }

    private void trackFleet() throws IOException {
        Release latest = search.latest().orElseThrow(() -> nothing("fleet " + fleet.slug(), "has no release to track"));
        boolean there = fleet.runs().equals(Optional.of(latest.id()));
        if (there && fleet.tracksLatest()) {
            sink.accept("fleet " + fleet.slug() + " tracks the latest release already, " + latest
                    + ": there is nothing to do");
            return;
        }
        api.change(
                Query.of("application", fleet.id()),
                fields("should_track_latest_release", true, "should_be_running__release", latest.id()));
        sink.accept("fleet " + fleet.slug() + " tracks the latest release, " + latest);
        if (!there) {
            tellDevices();
        }
    }

    private void tellDevices() throws IOException {
        List<JsonValue> devices = api.list(Query.of("device")
                .select("id,is_pinned_on__release")
                .filter("belongs_to__application eq " + fleet.id()));
        int pinned = 0;
        for (JsonValue device : devices) {
            pinned += device.find("is_pinned_on__release").isPresent() ? 1 : 0;
        }
        sink.accept("  " + count(devices.size() - pinned) + " will run it"
                + (pinned == 0
                        ? ""
                        : "; " + count(pinned) + (pinned == 1 ? " has one of its own" : " have one of their own")));
    }

    private static String count(int devices) {
        return devices + (devices == 1 ? " device" : " devices");
    }

    private void device(Device device, Request request) throws IOException {
        JsonValue row = api.first(Query.of("device", device.id()).select("is_pinned_on__release"))
                .orElseThrow(() -> nothing("device " + device.shown(), "is gone"));
        Optional<JsonValue> pin = row.find("is_pinned_on__release");
        Optional<Long> pinned =
                pin.isPresent() ? Optional.of(pin.get().get("__id").number()) : Optional.empty();
        if (request.track()) {
            if (pinned.isEmpty()) {
                sink.accept("device " + device.shown() + " does as its fleet already: there is nothing to do");
                return;
            }
            api.change(Query.of("device", device.id()), fields("is_pinned_on__release", null));
            sink.accept("device " + device.shown() + " does as its fleet again: " + shown(fleet.runs()));
            return;
        }
        Optional<Long> current = pinned.or(fleet::runs);
        Release wanted = wanted(request.release().orElse(PREVIOUS), current, "device " + device.shown());
        if (pinned.equals(Optional.of(wanted.id()))) {
            sink.accept("device " + device.shown() + " is pinned to " + wanted + " already: there is nothing to do");
            return;
        }
        api.change(Query.of("device", device.id()), fields("is_pinned_on__release", wanted.id()));
        sink.accept("device " + device.shown() + " is pinned to " + wanted + "; it was meant to run " + shown(current));
    }

    private Release wanted(String name, Optional<Long> current, String whose) throws IOException {
        Release wanted;
        if (name.equals(PREVIOUS)) {
            long now = current.orElseThrow(() -> nothing(whose, "is not meant to run any release"));
            wanted = search.before(now).orElseThrow(() -> nothing(whose, "has no earlier release than " + now(now)));
        } else {
            wanted = search.named(name);
        }
        if (wanted.invalidated()) {
            throw FindingException.input(Finding.error("RB651", "release " + wanted + " was withdrawn (invalidated)")
                    .fix("choose another one, or take that back in the dashboard"));
        }
        return wanted;
    }

    private static String now(long id) {
        return "the one that it is meant to run (" + id + " on the server)";
    }

    private String shown(Optional<Long> id) throws IOException {
        Optional<Release> release = id.isPresent() ? search.ofId(id.get()) : Optional.empty();
        return release.map(Release::toString).orElse("none");
    }

    private static FindingException nothing(String whose, String what) {
        return FindingException.input(Finding.error("RB652", whose + " " + what)
                .fix("see the releases in the dashboard; name one with -Drosbalena.release=VERSION or a commit"));
    }

    private static Map<String, @Nullable Object> fields(String name, @Nullable Object value) {
        Map<String, @Nullable Object> fields = new HashMap<>();
        fields.put(name, value);
        return fields;
    }

    private static Map<String, @Nullable Object> fields(String name, Object value, String other, Object second) {
        Map<String, @Nullable Object> fields = new java.util.LinkedHashMap<>();
        fields.put(name, value);
        fields.put(other, second);
        return fields;
    }
}
