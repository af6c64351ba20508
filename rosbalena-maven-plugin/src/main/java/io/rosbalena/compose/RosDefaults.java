package io.rosbalena.compose;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What ROS services need to find each other, where the compose file leaves it open. By default it is the host's network,
 * because DDS finds its peers by multicast, and the host's IPC namespace, because Fast DDS then sends through shared
 * memory to every peer with the same address. Domain and middleware are one for the robot.
 */
public final class RosDefaults {
    private RosDefaults() {}

    /**
     * The model with defaults in ROS services.
     *
     * @param images what is known of the image of each service that holds a workspace package or a {@code ros-*} system
     *     package, by service
     */
    public static ComposeModel apply(ComposeModel model, Map<String, RosImage> images) {
        DdsStrategy strategy = DdsStrategy.of(model.extension());
        ComposeModel named = model.map(
                service -> images.containsKey(service.name()) ? named(model.extension(), strategy, service) : service);
        Map<String, String> peers = new TreeMap<>();
        if (strategy == DdsStrategy.UNICAST) {
            images.keySet().stream()
                    .filter(name -> named.services().containsKey(name))
                    .filter(name -> named.service(name).text("network_mode").isEmpty())
                    .forEach(name -> peers.put(name, hostName(name, named)));
        }
        ComposeModel met = named.map(service -> {
            RosImage image = images.get(service.name());
            return image == null ? service : with(called(service, peers), strategy.variables(service, image, peers));
        });
        boolean byAddress = met.services().values().stream()
                .anyMatch(service -> service.environment().containsValue(FastDdsProfile.PATH));
        return byAddress ? FixedNetwork.join(met, new TreeSet<>(peers.keySet())) : met;
    }

    /** A name that may stand in an address: CycloneDDS does not look up one with an underscore. */
    private static String hostName(String service, ComposeModel model) {
        String name = service.replace('_', '-');
        return !name.equals(service) && model.services().containsKey(name) ? name + "-dds" : name;
    }

    /** The service, reached by the name that its peers have for it. */
    private static Service called(Service service, Map<String, String> peers) {
        String name = peers.getOrDefault(service.name(), service.name());
        if (name.equals(service.name())) {
            return service;
        }
        SortedMap<String, FieldValue> networks = new TreeMap<>();
        if (service.fields().get("networks") instanceof FieldValue.Mapping stated) {
            networks.putAll(stated.members());
        } else {
            networks.put("default", new FieldValue.Mapping(new TreeMap<>()));
        }
        networks.replaceAll((network, options) -> {
            SortedMap<String, FieldValue> members = new TreeMap<>(((FieldValue.Mapping) options).members());
            SortedSet<String> aliases = new TreeSet<>(List.of(name));
            if (members.get("aliases") instanceof FieldValue.Sequence more) {
                aliases.addAll(more.texts());
            }
            members.put("aliases", FieldValue.texts(aliases));
            return new FieldValue.Mapping(members);
        });
        return service.with("networks", new FieldValue.Mapping(networks));
    }

    private static Service named(ProjectExtension project, DdsStrategy strategy, Service service) {
        Service changed = service;
        boolean open = Set.of("network_mode", "networks", "ports").stream().noneMatch(service.fields()::containsKey);
        if (open && strategy.isOnHost()) {
            changed = changed.with("network_mode", new FieldValue.Text("host"));
            if (!service.fields().containsKey("ipc")) {
                changed = changed.with("ipc", new FieldValue.Text("host"));
            }
        }
        if (project.rosDomainId().isPresent()) {
            changed = with(
                    changed,
                    Map.of(
                            "ROS_DOMAIN_ID",
                            Integer.toString(project.rosDomainId().getAsInt())));
        }
        if (project.rmw().isPresent()) {
            changed = with(changed, Map.of("RMW_IMPLEMENTATION", project.rmw().get()));
        }
        return changed;
    }

    /** What a service says itself stays. */
    private static Service with(Service service, Map<String, String> variables) {
        Service changed = service;
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            if (!service.environment().containsKey(variable.getKey())) {
                changed = changed.withEnvironment(variable.getKey(), variable.getValue());
            }
        }
        return changed;
    }
}
