package io.rosbalena.robot.fleet;

import io.rosbalena.balena.BalenaApi;
import io.rosbalena.balena.Device;
import io.rosbalena.balena.Fleet;
import io.rosbalena.balena.FleetVariable;
import io.rosbalena.balena.FleetVariable.Scope;
import io.rosbalena.balena.Query;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.json.JsonValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Whom variables are set for: a fleet and its services, or one device and its services.
 *
 * @param services id of each; on a device, that of its installation
 */
record VariableTarget(Fleet fleet, Optional<Device> device, Map<String, Long> services) {
    VariableTarget {
        services = Map.copyOf(services);
    }

    /**
     * Where a variable is kept.
     *
     * @param resource of the API
     * @param parent field with the id of what it belongs to
     * @param service the service that sees it; empty: all
     */
    record Home(String resource, String parent, long id, String service) {
        Query named(String name) {
            return Query.of(resource).filter(parent + " eq " + id + " and name eq " + Query.text(name));
        }

        /** What a variable of this home is called for people. */
        String show(String name) {
            return service.isEmpty() ? name : service + ": " + name;
        }
    }

    static VariableTarget of(BalenaApi api, Fleet fleet, Optional<Device> device) throws IOException {
        Map<String, Long> services = new TreeMap<>();
        if (device.isEmpty()) {
            for (JsonValue row :
                    api.list(Query.of("service").select("id,service_name").filter("application eq " + fleet.id()))) {
                services.put(row.get("service_name").string(), row.get("id").number());
            }
        } else {
            for (JsonValue row : api.list(Query.of("service_install")
                    .select("id")
                    .filter("device eq " + device.get().id())
                    .expand("installs__service($select=service_name)"))) {
                for (JsonValue service : row.get("installs__service").items()) {
                    services.put(
                            service.get("service_name").string(), row.get("id").number());
                }
            }
        }
        return new VariableTarget(fleet, device, services);
    }

    /** Whether a variable is set here, or elsewhere. */
    boolean takes(FleetVariable variable) {
        return (variable.scope() == Scope.DEVICE) == device.isPresent();
    }

    /**
     * Where a variable is kept, once for each of its services.
     *
     * @throws FindingException RB647 for a service that is not there
     */
    List<Home> homes(FleetVariable variable) {
        if (variable.services().isEmpty()) {
            return List.of(all(variable.isConfiguration()));
        }
        List<Home> homes = new ArrayList<>();
        for (String service : variable.services()) {
            Long id = services.get(service);
            if (id == null) {
                throw FindingException.input(variable.place()
                        .place(Finding.error("RB647", show() + " has no service " + service)
                                .fix(
                                        services.isEmpty()
                                                ? "deploy a release first: it makes the services"
                                                : "choose from "
                                                        + String.join(", ", new java.util.TreeSet<>(services.keySet()))
                                                        + ", or deploy a release that has it")));
            }
            homes.add(ofService(service, id));
        }
        return homes;
    }

    private Home all(boolean configuration) {
        String kind = configuration ? "_config_variable" : "_environment_variable";
        return device.map(one -> new Home("device" + kind, "device", one.id(), ""))
                .orElseGet(() -> new Home("application" + kind, "application", fleet.id(), ""));
    }

    private Home ofService(String service, long id) {
        return device.isPresent()
                ? new Home("device_service_environment_variable", "service_install", id, service)
                : new Home("service_environment_variable", "service", id, service);
    }

    /** All homes that there are here. */
    private List<Home> homes() {
        List<Home> homes = new ArrayList<>(List.of(all(false), all(true)));
        new TreeMap<>(services).forEach((service, id) -> homes.add(ofService(service, id)));
        return homes;
    }

    /** What is set here: name and value by home. */
    Map<Home, Map<String, String>> set(BalenaApi api) throws IOException {
        Map<Home, Map<String, String>> set = new java.util.LinkedHashMap<>();
        for (Home home : homes()) {
            set.put(home, new TreeMap<>());
        }
        for (Home home : List.of(all(false), all(true))) {
            read(api, home.resource(), home.parent() + " eq " + home.id(), set);
        }
        if (!services.isEmpty()) {
            Home first = ofService("", 0);
            String owner = device.isPresent()
                    ? "service_install/any(si:si/device eq " + device.get().id() + ")"
                    : "service/any(s:s/application eq " + fleet.id() + ")";
            read(api, first.resource(), owner, set);
        }
        return set;
    }

    private static void read(BalenaApi api, String resource, String filter, Map<Home, Map<String, String>> set)
            throws IOException {
        for (JsonValue row : api.list(Query.of(resource).filter(filter).orderBy("name asc"))) {
            for (Home home : set.keySet()) {
                if (home.resource().equals(resource)
                        && row.get(home.parent()).get("__id").number() == home.id()) {
                    set.getOrDefault(home, new TreeMap<>())
                            .put(row.get("name").string(), row.get("value").string());
                }
            }
        }
    }

    String show() {
        return device.map(one -> "device " + one.shown()).orElse("fleet " + fleet.slug());
    }
}
