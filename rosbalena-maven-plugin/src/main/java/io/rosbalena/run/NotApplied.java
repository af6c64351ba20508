package io.rosbalena.run;

import io.rosbalena.finding.Finding;
import io.rosbalena.sandbox.Way;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Tells once, before the services start, what the manifest asks for and a run here does not give. */
final class NotApplied {
    private NotApplied() {}

    static void tell(List<Service> services, Way way, ServiceLog log) {
        Map<String, List<String>> users = new TreeMap<>();
        for (Service service : services) {
            service.notApplied()
                    .forEach(field -> users.computeIfAbsent(field, name -> new ArrayList<>())
                            .add(service.name()));
        }
        if (!users.isEmpty()) {
            List<String> fields = new ArrayList<>();
            users.forEach((field, names) -> fields.add(field + " (" + String.join(", ", names) + ")"));
            log.finding(Finding.note("RB558", "not applied on this machine: " + String.join(", ", fields))
                    .fix("On the device they are."));
        }
        if (way == Way.ROOT_WITHOUT_MOUNTS) {
            log.finding(Finding.note(
                            "RB559",
                            "nothing may be mounted here: services have no /proc, share no memory, and see each other's"
                                    + " files in volumes only after they have ended; a run that is killed loses"
                                    + " what they wrote there")
                    .fix("Start outside of the container, or start the container with --privileged."));
        }
    }
}
