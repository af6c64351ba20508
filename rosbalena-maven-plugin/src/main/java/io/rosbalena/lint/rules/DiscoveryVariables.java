package io.rosbalena.lint.rules;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Variables for discovery that the distribution or the middleware does not listen to. */
final class DiscoveryVariables implements Check {
    private static final String LOCALHOST = "ROS_LOCALHOST_ONLY";
    private static final String RANGE = "ROS_AUTOMATIC_DISCOVERY_RANGE";
    private static final String STATIC = "ROS_STATIC_PEERS";
    private static final Set<String> RANGES = Set.of("SUBNET", "LOCALHOST", "OFF", "SYSTEM_DEFAULT");

    /** The only supported distribution from before Iron, which brought the newer variables. */
    private static final String OLD = "humble";

    @Override
    public void check(RobotView robot, Report report) {
        for (ServiceView service : robot.rosServices()) {
            Optional<String> distro = robot.rosDistro();
            boolean zenoh = service.middleware().filter("rmw_zenoh_cpp"::equals).isPresent();
            for (String variable : List.of(LOCALHOST, RANGE, STATIC)) {
                if (service.variable(variable).isPresent() && zenoh) {
                    tell(
                            service,
                            variable,
                            "rmw_zenoh_cpp does not listen to " + variable,
                            "remove it, and say in ZENOH_CONFIG_OVERRIDE where the router is",
                            report);
                }
            }
            if (zenoh) {
                continue;
            }
            if (service.variable(LOCALHOST).isPresent()
                    && distro.filter(name -> !name.equals(OLD)).isPresent()) {
                tell(
                        service,
                        LOCALHOST,
                        LOCALHOST + " is deprecated since Iron and goes before the newer variables",
                        "write " + RANGE + ": "
                                + (service.variable(LOCALHOST)
                                                .filter("1"::equals)
                                                .isPresent()
                                        ? "LOCALHOST"
                                        : "SUBNET"),
                        report);
            }
            for (String variable : List.of(RANGE, STATIC)) {
                if (service.variable(variable).isPresent()
                        && distro.filter(OLD::equals).isPresent()) {
                    tell(
                            service,
                            variable,
                            "Humble does not listen to " + variable,
                            variable.equals(RANGE)
                                    ? "write " + LOCALHOST + ": \"1\" to keep DDS on the robot"
                                    : "use x-rosbalena: {dds: unicast}, or a profile of the middleware",
                            report);
                }
            }
            service.variable(RANGE)
                    .filter(value -> !RANGES.contains(value))
                    .ifPresent(value -> tell(
                            service,
                            RANGE,
                            RANGE + " cannot be " + value,
                            "write SUBNET, LOCALHOST, OFF or SYSTEM_DEFAULT",
                            report));
        }
    }

    private static void tell(ServiceView service, String variable, String message, String fix, Report report) {
        report.add(LintRule.DISCOVERY_VARIABLE, service.service(), "environment." + variable, message, fix);
    }
}
