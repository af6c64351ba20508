package io.rosbalena.robot.fleet;

import io.rosbalena.balena.ApiException;
import io.rosbalena.balena.ApiFinding;
import io.rosbalena.balena.ApiServer;
import io.rosbalena.balena.Fleet;
import io.rosbalena.balena.Query;
import io.rosbalena.balena.Release;
import io.rosbalena.balena.ReleaseSearch;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.json.JsonValue;
import io.rosbalena.lint.DeviceType;
import io.rosbalena.robot.surroundings.Surroundings;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;

/** The goal {@code fleet}: shows a fleet, or makes it. */
public final class FleetShow {
    private FleetShow() {}

    /**
     * Shows a fleet; makes it before that, if it is asked to and there is none.
     *
     * @param deviceTypes those of the project
     * @throws FindingException RB653 for the device type, RB654 for the name or the organization of a new fleet
     */
    public static void run(
            FleetAccess access,
            boolean create,
            List<String> deviceTypes,
            Surroundings surroundings,
            Consumer<String> sink)
            throws IOException, InterruptedException {
        // What is wrong with the request is told before anybody is asked.
        Optional<NewFleet> wish = create ? Optional.of(NewFleet.of(access.named(), deviceTypes)) : Optional.empty();
        ApiServer api = access.login(surroundings.network(), surroundings.console()::message);
        if (wish.isPresent()) {
            ApiFinding.telling(api, () -> {
                wish.get().make(api, sink);
                return true;
            });
        }
        Fleet fleet = access.fleet(api);
        ApiFinding.telling(api, () -> {
            show(api, fleet, sink);
            return true;
        });
    }

    private static void show(ApiServer api, Fleet fleet, Consumer<String> sink) throws IOException {
        Optional<Release> release = fleet.runs().isPresent()
                ? new ReleaseSearch(api, fleet).ofId(fleet.runs().get())
                : Optional.empty();
        TreeSet<String> services = new TreeSet<>();
        for (JsonValue row :
                api.list(Query.of("service").select("service_name").filter("application eq " + fleet.id()))) {
            services.add(row.get("service_name").string());
        }
        int devices = api.list(Query.of("device").select("id").filter("belongs_to__application eq " + fleet.id()))
                .size();
        TextTable.lines(List.of(
                        List.of("fleet", fleet.slug()),
                        List.of("uuid", fleet.uuid()),
                        List.of("device type", fleet.deviceType() + " (" + fleet.architecture() + ")"),
                        List.of("devices", String.valueOf(devices)),
                        List.of("services", services.isEmpty() ? "none yet" : String.join(", ", services)),
                        List.of(
                                "release",
                                release.map(Release::toString).orElse("none yet")
                                        + (fleet.tracksLatest() ? ", tracks the latest" : ", pinned"))))
                .forEach(sink);
    }

    /**
     * A fleet that is wanted.
     *
     * @param organization its handle
     */
    private record NewFleet(String organization, String name, String deviceType) {
        static NewFleet of(Optional<String> named, List<String> deviceTypes) {
            String slug = named.orElse("");
            if (!slug.matches("[^/]+/[A-Za-z0-9_-]{4,100}")) {
                throw FindingException.input(Finding.error("RB654", "a new fleet needs a name in its organization")
                        .fix("write -Dfleet=organization/fleet: 4 to 100 letters, digits, - and _ behind the /"));
            }
            if (deviceTypes.size() != 1) {
                throw FindingException.input(Finding.error(
                                "RB653", "a new fleet needs one device type, and there are " + deviceTypes.size())
                        .fix("write -Drosbalena.deviceTypes=raspberrypi5; a fleet takes devices of other types with"
                                + " the same architecture, too"));
            }
            DeviceType type = DeviceType.find(deviceTypes.get(0))
                    .orElseThrow(() -> unknown("balena has no device type " + deviceTypes.get(0)));
            type.platform();
            return new NewFleet(
                    slug.substring(0, slug.indexOf('/')).toLowerCase(Locale.ROOT),
                    slug.substring(slug.indexOf('/') + 1),
                    type.slug());
        }

        void make(ApiServer api, Consumer<String> sink) throws IOException {
            String slug = (organization + "/" + name).toLowerCase(Locale.ROOT);
            Query same = Query.of("application")
                    .select("id,slug")
                    .filter("slug eq " + Query.text(slug))
                    .expand("is_for__device_type($select=slug)");
            Optional<JsonValue> there = api.first(same);
            if (there.isPresent()) {
                told(there.get(), slug, sink);
                return;
            }
            long type = api.first(Query.of("device_type")
                            .select("id")
                            .top(1)
                            .filter("device_type_alias/any(dta:dta/is_referenced_by__alias eq " + Query.text(deviceType)
                                    + ")"))
                    .orElseThrow(() -> unknown("the server has no device type " + deviceType))
                    .get("id")
                    .number();
            long owner = api.first(
                            Query.of("organization").select("id").filter("handle eq " + Query.text(organization)))
                    .orElseThrow(() -> FindingException.input(
                            Finding.error("RB654", "there is no organization " + organization + " that you belong to")
                                    .fix("see its handle in the dashboard")))
                    .get("id")
                    .number();
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("app_name", name);
            fields.put("is_for__device_type", type);
            fields.put("organization", owner);
            fields.put("is_of__class", "fleet");
            try {
                api.create("application", fields, () -> api.first(same));
            } catch (ApiException e) {
                if (e.kind() != ApiException.Kind.CONFLICT) {
                    throw e;
                }
                Optional<JsonValue> meanwhile = api.first(same);
                if (meanwhile.isEmpty()) {
                    throw e;
                }
                told(meanwhile.get(), slug, sink);
                return;
            }
            sink.accept("made the fleet " + slug);
        }

        private void told(JsonValue row, String slug, Consumer<String> sink) throws IOException {
            String its =
                    row.get("is_for__device_type").items().get(0).get("slug").string();
            if (!its.equals(deviceType)) {
                throw FindingException.input(Finding.error(
                                "RB654",
                                "the fleet " + slug + " is there already, for " + its + " and not " + deviceType)
                        .fix("choose another name, or write -Drosbalena.deviceTypes=" + its));
            }
            sink.accept("the fleet " + slug + " is there already");
        }

        private static FindingException unknown(String what) {
            return FindingException.input(
                    Finding.error("RB653", what)
                            .fix(
                                    "see balena's list of device types; raspberrypi4-64, raspberrypi5 and generic-amd64 are some"));
        }
    }
}
