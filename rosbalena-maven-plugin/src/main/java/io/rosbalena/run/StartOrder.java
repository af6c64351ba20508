package io.rosbalena.run;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The order in which services start: each after those that it depends on, else as they are given. */
final class StartOrder {
    private final Map<String, Service> byName = new LinkedHashMap<>();
    private final Map<String, Service> ordered = new LinkedHashMap<>();
    private final Findings findings = new Findings();

    private StartOrder(List<Service> services) {
        for (Service service : services) {
            if (byName.put(service.name(), service) != null) {
                throw new IllegalArgumentException("two services are named " + service.name());
            }
        }
    }

    /**
     * Orders services.
     *
     * @throws io.rosbalena.finding.FindingException RB550 for an unknown name, RB551 for a circle
     */
    static List<Service> of(List<Service> services) {
        StartOrder order = new StartOrder(services);
        services.forEach(service -> order.add(service, new ArrayDeque<>()));
        order.findings.throwIfErrors();
        return new ArrayList<>(order.ordered.values());
    }

    private void add(Service service, Deque<String> path) {
        if (ordered.containsKey(service.name())) {
            return;
        }
        if (path.contains(service.name())) {
            findings.add(Finding.error(
                            "RB551",
                            "services depend on each other in a circle: " + String.join(" → ", path) + " → "
                                    + service.name())
                    .inService(service.name())
                    .fix("Remove one of these names from depends_on."));
            return;
        }
        path.addLast(service.name());
        for (String name : service.dependsOn()) {
            Service needed = byName.get(name);
            if (needed == null) {
                findings.add(Finding.error("RB550", "depends_on names " + name + ", which is no service")
                        .inService(service.name())
                        .fix("Services are: " + String.join(", ", byName.keySet()) + "."));
            } else {
                add(needed, path);
            }
        }
        path.removeLast();
        ordered.put(service.name(), service);
    }
}
