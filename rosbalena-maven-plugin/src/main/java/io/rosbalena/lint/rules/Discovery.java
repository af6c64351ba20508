package io.rosbalena.lint.rules;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether ROS services can find each other, and whether data arrives once they have. */
final class Discovery implements Check {
    /** Variables that tell a middleware where its peers are, or give it a profile that may. */
    private static final Set<String> PEERS = Set.of(
            "CYCLONEDDS_URI",
            "FASTDDS_DEFAULT_PROFILES_FILE",
            "FASTRTPS_DEFAULT_PROFILES_FILE",
            "ROS_DISCOVERY_SERVER",
            "ROS_STATIC_PEERS",
            "ZENOH_CONFIG_OVERRIDE",
            "ZENOH_SESSION_CONFIG_URI");

    /** The network of who says {@code network_mode: host}, or takes that of a service which does. */
    private static final String HOST = "mode host";

    private static final String ADVICE = "write network_mode: host, or x-rosbalena: {dds: unicast} at the top level";

    /** Variables by which Fast DDS may be kept from shared memory. */
    private static final Set<String> TRANSPORTS =
            Set.of("FASTDDS_BUILTIN_TRANSPORTS", "FASTDDS_DEFAULT_PROFILES_FILE", "FASTRTPS_DEFAULT_PROFILES_FILE");

    @Override
    public void check(RobotView robot, Report report) {
        List<ServiceView> services = robot.rosServices();
        if (services.size() < 2) {
            // Nodes of one container always find each other.
            return;
        }
        boolean unicast =
                robot.compose().extension().dds().filter("unicast"::equals).isPresent();
        for (ServiceView service : services) {
            if (unicast && service.service().text("network_mode").isPresent()) {
                report.add(
                        LintRule.UNICAST_ON_HOST,
                        service.service(),
                        "network_mode",
                        "with dds: unicast services reach each other by name, and with a network_mode it has none",
                        "remove network_mode, or write dds: host");
            }
            // How DDS is set up depends on packages that only the lock names.
            boolean open = unicast
                    && !service.service().isForeign()
                    && service.contents().flatMap(Contents::system).isEmpty();
            if (!open && !service.isOnHost() && !knows(service, PEERS) && !uses(service, "Zenoh")) {
                multicast(service, services, unicast, report);
            }
        }
        List<ServiceView> onHost = services.stream()
                .filter(ServiceView::isOnHost)
                .filter(Discovery::maySpeakFastDds)
                .toList();
        if (onHost.size() > 1) {
            onHost.stream()
                    .filter(service -> !service.sharesHostMemory() && mayShareMemory(service))
                    .forEach(service -> report.add(
                            LintRule.SHARED_MEMORY,
                            service.service(),
                            "network_mode",
                            "Fast DDS takes the other services on the host's network for processes of the same machine"
                                    + " and sends through shared memory, which this service does not see: topics are"
                                    + " listed, and no data arrives",
                            "write ipc: host"));
        }
    }

    private static void multicast(ServiceView service, List<ServiceView> services, boolean unicast, Report report) {
        Set<String> own = networks(service, services);
        Optional<ServiceView> unseen = services.stream()
                .filter(other -> !other.name().equals(service.name()))
                .filter(other -> Collections.disjoint(own, networks(other, services)))
                .findFirst();
        String advice = unicast
                ? "dds: unicast sets up no finished image: write its peers into its environment, for example"
                        + " CYCLONEDDS_URI or ROS_STATIC_PEERS"
                : ADVICE;
        if (unicast && !service.service().isForeign()) {
            report.add(
                    LintRule.BRIDGE_DISCOVERY,
                    service.service(),
                    place(service),
                    "its nodes do not know where those of other services are",
                    "in this distribution its middleware takes no peers from a variable: write them into its own"
                            + " configuration, or take rmw_cyclonedds_cpp or rmw_fastrtps_cpp");
        } else if (unseen.isPresent()) {
            report.add(
                    LintRule.BRIDGE_DISCOVERY,
                    service.service(),
                    place(service),
                    "DDS finds other nodes by multicast, which does not leave a network, and this service shares none"
                            + " with " + unseen.get().name() + ": they do not see each other",
                    advice);
        } else if (!own.contains(HOST)) {
            report.add(
                    LintRule.BRIDGE_MULTICAST,
                    service.service(),
                    place(service),
                    "DDS finds other nodes by multicast, which passes between containers of a bridge only as long as"
                            + " nobody there sorts it, and never to another machine",
                    advice);
        }
    }

    /** The networks that a service takes part in; none if it has none. */
    private static Set<String> networks(ServiceView service, List<ServiceView> services) {
        String mode = service.service().text("network_mode").orElse("");
        if (mode.startsWith("service:")) {
            String other = mode.substring("service:".length()).strip();
            return services.stream()
                    .filter(one -> one.name().equals(other))
                    .filter(one ->
                            !one.service().text("network_mode").orElse("").startsWith("service:"))
                    .findFirst()
                    .map(one -> networks(one, services))
                    .orElse(Set.of());
        }
        return switch (mode) {
            case "" -> {
                List<String> stated = service.service().networks();
                yield stated.isEmpty() ? Set.of("default") : Set.copyOf(stated);
            }
            case "none" -> Set.of();
            default -> Set.of("mode " + mode);
        };
    }

    private static String place(ServiceView service) {
        return List.of("network_mode", "networks", "ports").stream()
                .filter(service.service().fields()::containsKey)
                .findFirst()
                .orElse("");
    }

    private static boolean knows(ServiceView service, Set<String> variables) {
        return variables.stream().anyMatch(name -> service.variable(name).isPresent());
    }

    private static boolean uses(ServiceView service, String kind) {
        return service.middleware()
                .map(ServiceView.MIDDLEWARES::get)
                .filter(kind::equals)
                .isPresent();
    }

    /** Fast DDS is what every distribution takes where nothing says otherwise. */
    private static boolean maySpeakFastDds(ServiceView service) {
        return uses(service, "Fast DDS") || service.middleware().isEmpty();
    }

    private static boolean mayShareMemory(ServiceView service) {
        return maySpeakFastDds(service) && !knows(service, TRANSPORTS);
    }
}
