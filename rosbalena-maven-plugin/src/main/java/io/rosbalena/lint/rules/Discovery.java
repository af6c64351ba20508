package io.rosbalena.lint.rules;

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
            boolean open =
                    unicast && service.contents().flatMap(Contents::system).isEmpty();
            if (!open && isAlone(service) && !knows(service, PEERS) && !uses(service, "Zenoh")) {
                report.add(
                        LintRule.BRIDGE_DISCOVERY,
                        service.service(),
                        place(service),
                        "DDS finds other nodes by multicast, which does not leave this service's network: its nodes and"
                                + " those of other services do not see each other",
                        unicast
                                ? "Fast DDS of Humble takes peers from a profile only: put one into the image with"
                                        + " x-rosbalena.files and name it in FASTRTPS_DEFAULT_PROFILES_FILE, or take"
                                        + " rmw_cyclonedds_cpp"
                                : "write network_mode: host, or x-rosbalena: {dds: unicast} at the top level");
            }
        }
        List<ServiceView> onHost =
                services.stream().filter(ServiceView::isOnHost).toList();
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

    private static boolean isAlone(ServiceView service) {
        Optional<String> mode = service.service().text("network_mode");
        return !service.isOnHost()
                && mode.filter(text -> text.startsWith("service:")).isEmpty();
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
    private static boolean mayShareMemory(ServiceView service) {
        boolean known = service.middleware().isPresent();
        return !knows(service, TRANSPORTS) && (uses(service, "Fast DDS") || !known);
    }
}
