package io.rosbalena.compose;

import java.util.Set;

/**
 * What ROS services need to find each other, where the compose file leaves it open: the host's network, because DDS
 * finds its peers by multicast, and the host's IPC namespace, because Fast DDS then sends through shared memory to every
 * peer with the same address. Domain and middleware are one for the robot.
 */
public final class RosDefaults {
    private RosDefaults() {}

    /**
     * The model with defaults in the services named.
     *
     * @param rosServices services that hold a workspace package or a {@code ros-*} system package
     */
    public static ComposeModel apply(ComposeModel model, Set<String> rosServices) {
        return model.map(service -> rosServices.contains(service.name()) ? apply(model.extension(), service) : service);
    }

    private static Service apply(ProjectExtension project, Service service) {
        Service changed = service;
        boolean open = !service.fields().containsKey("network_mode")
                && !service.fields().containsKey("networks")
                && !service.fields().containsKey("ports");
        if (open) {
            changed = changed.with("network_mode", new FieldValue.Text("host"));
            if (!service.fields().containsKey("ipc")) {
                changed = changed.with("ipc", new FieldValue.Text("host"));
            }
        }
        if (project.rosDomainId().isPresent() && !service.environment().containsKey("ROS_DOMAIN_ID")) {
            changed = changed.withEnvironment(
                    "ROS_DOMAIN_ID", Integer.toString(project.rosDomainId().getAsInt()));
        }
        if (project.rmw().isPresent() && !service.environment().containsKey("RMW_IMPLEMENTATION")) {
            changed =
                    changed.withEnvironment("RMW_IMPLEMENTATION", project.rmw().get());
        }
        return changed;
    }
}
