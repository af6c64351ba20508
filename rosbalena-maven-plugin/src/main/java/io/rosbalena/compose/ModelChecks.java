package io.rosbalena.compose;

import io.rosbalena.finding.Findings;
import io.rosbalena.yaml.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What holds between the parts of a compose file. */
final class ModelChecks {
    private final ComposeModel model;
    private final Map<String, Position> volumePlaces;
    private final Findings findings;

    /**
     * @param volumePlaces where volumes are declared
     */
    ModelChecks(ComposeModel model, Map<String, Position> volumePlaces, Findings findings) {
        this.model = model;
        this.volumePlaces = volumePlaces;
        this.findings = findings;
    }

    void run() {
        model.services().values().forEach(this::service);
        cycles();
        ports();
        // A mount that was refused may be the one that a volume is there for.
        boolean refused =
                findings.all().stream().anyMatch(finding -> finding.id().equals(ComposeRule.VOLUME_FORM.id()));
        volumePlaces.forEach((name, place) -> {
            boolean used = model.services().values().stream()
                    .flatMap(service -> service.volumes().stream())
                    .anyMatch(mount -> mount.volume().equals(name));
            if (!used && !refused) {
                findings.add(ComposeRule.UNUSED_VOLUME.finding(
                        place, "no service mounts the volume " + name, "mount it in a service, or remove it"));
            }
        });
    }

    private void service(Service service) {
        Set<String> stated = service.places().byPath().keySet();
        if (!stated.contains("build")
                && !stated.contains("image")
                && service.extension().apt().isEmpty()
                && service.extension().packages().isEmpty()) {
            report(
                    ComposeRule.NOTHING_TO_RUN,
                    service,
                    "",
                    "it has neither build nor image nor x-rosbalena packages",
                    "write build: ./src/… for a folder with ROS packages, or image: name:tag");
        }
        if (service.build().isPresent() && service.image().isPresent()) {
            report(
                    ComposeRule.BUILD_OPTION,
                    service,
                    "image",
                    "the image is built from " + service.build().get().context()
                            + "; image only names it and is not used",
                    "remove image, or build to run the finished image");
        }
        for (String dependency : dependencies(service)) {
            if (!model.services().containsKey(dependency)) {
                String field = service.dependsOn().contains(dependency) ? "depends_on" : "network_mode";
                report(
                        ComposeRule.UNKNOWN_DEPENDENCY,
                        service,
                        field,
                        field + " names " + dependency + ", which is no service of this file",
                        "services are " + String.join(", ", model.services().keySet()));
            }
        }
        for (VolumeMount mount : service.volumes()) {
            if (!model.volumes().contains(mount.volume())) {
                report(
                        ComposeRule.UNDECLARED_VOLUME,
                        service,
                        "volumes",
                        "the volume " + mount.volume() + " is not declared",
                        "add it at the top level: volumes: {" + mount.volume() + ": {}}");
            }
        }
        networks(service);
    }

    private void networks(Service service) {
        for (String network : service.networks()) {
            if (!network.equals("default") && !model.networks().containsKey(network)) {
                report(
                        ComposeRule.NETWORK,
                        service,
                        "networks",
                        "the network " + network + " is not declared",
                        "add it at the top level: networks: {" + network + ": {}}");
            }
        }
        if (!service.networks().isEmpty() && service.text("network_mode").isPresent()) {
            report(
                    ComposeRule.NETWORK,
                    service,
                    "networks",
                    "network_mode and networks exclude each other",
                    "keep network_mode: host for ROS services, networks for others");
        }
    }

    private void cycles() {
        Set<String> done = new TreeSet<>();
        for (String name : model.services().keySet()) {
            follow(name, new ArrayList<>(), done);
        }
    }

    private void follow(String name, List<String> path, Set<String> done) {
        Service service = model.services().get(name);
        if (service == null || done.contains(name)) {
            return;
        }
        if (path.contains(name)) {
            List<String> circle = List.copyOf(path.subList(path.indexOf(name), path.size()));
            report(
                    ComposeRule.DEPENDENCY_CYCLE,
                    service,
                    "depends_on",
                    "services wait for each other in a circle: " + String.join(" -> ", circle) + " -> " + name,
                    "remove one of the dependencies; nodes find each other in any order");
            done.addAll(circle);
            return;
        }
        path.add(name);
        for (String dependency : dependencies(service)) {
            follow(dependency, path, done);
        }
        path.remove(name);
        done.add(name);
    }

    private static Set<String> dependencies(Service service) {
        Set<String> names = new TreeSet<>(service.dependsOn());
        service.text("network_mode")
                .filter(mode -> mode.startsWith("service:"))
                .ifPresent(mode -> names.add(mode.substring("service:".length()).strip()));
        return names;
    }

    private void ports() {
        Map<PortMapping, Service> taken = new HashMap<>();
        for (Service service : model.services().values()) {
            for (PortMapping port : service.ports()) {
                taken.forEach((other, owner) -> {
                    if (port.collides(other)) {
                        report(
                                ComposeRule.DUPLICATE_PORT,
                                service,
                                "ports",
                                "the host's port of " + port.print() + " is taken by " + other.print() + " of "
                                        + owner.name(),
                                "publish one of them on another port");
                    }
                });
                taken.put(port, service);
            }
        }
    }

    private void report(ComposeRule rule, Service service, String path, String message, String fix) {
        findings.add(rule.finding(service.places().of(path), message, fix).inService(service.name()));
    }
}
