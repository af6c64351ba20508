package io.rosbalena.lint.rules;

import java.util.List;

/** {@code ROS_DOMAIN_ID}: one within a robot, and one that gives ports which are free. */
final class Domains implements Check {
    private static final String VARIABLE = "ROS_DOMAIN_ID";

    /** The last domain whose ports lie below 65536: 7400 + 250 × domain (DDSI-RTPS 2.5, 9.6.2). */
    private static final int LAST = 232;

    /** The last whose ports lie below 32768, where Linux begins to give ports to whoever asks for any. */
    private static final int LAST_BELOW_EPHEMERAL = 101;

    @Override
    public void check(RobotView robot, Report report) {
        List<ServiceView> setting = robot.rosServices().stream()
                .filter(service -> service.variable(VARIABLE).isPresent())
                .toList();
        for (ServiceView service : setting) {
            range(service, service.variable(VARIABLE).orElseThrow(), report);
        }
        for (ServiceView service : robot.rosServices()) {
            String domain = service.variable(VARIABLE).orElse("");
            String first =
                    setting.isEmpty() ? "" : setting.get(0).variable(VARIABLE).orElseThrow();
            if (!meaning(domain).equals(meaning(first))) {
                report.add(
                        LintRule.DOMAIN_DIFFERS,
                        service.service(),
                        domain.isEmpty() ? "environment" : "environment." + VARIABLE,
                        "it is in domain " + meaning(domain) + ", and "
                                + setting.get(0).name() + " in " + meaning(first) + ": they do not see each other",
                        "write x-rosbalena: {ros-domain-id: " + meaning(first) + "} at the top level for all of them");
            }
        }
    }

    /** No domain is domain 0. */
    private static String meaning(String domain) {
        return domain.isEmpty() ? "0" : domain.matches("0+[0-9]+") ? domain.replaceFirst("^0+(?=.)", "") : domain;
    }

    private static void range(ServiceView service, String domain, Report report) {
        if (domain.isEmpty()) {
            return;
        }
        if (!domain.matches("[0-9]{1,6}") || Integer.parseInt(domain) > LAST) {
            report.add(
                    LintRule.DOMAIN_RANGE,
                    service.service(),
                    "environment." + VARIABLE,
                    VARIABLE + " is an integer from 0 to " + LAST + ", not " + domain,
                    "take one from 0 to " + LAST_BELOW_EPHEMERAL);
        } else if (Integer.parseInt(domain) > LAST_BELOW_EPHEMERAL) {
            report.add(
                    LintRule.DOMAIN_PORTS,
                    service.service(),
                    "environment." + VARIABLE,
                    "the ports of domain " + domain + " are among those that Linux gives to any program, so a node"
                            + " may find its own taken",
                    "take one from 0 to " + LAST_BELOW_EPHEMERAL);
        }
    }
}
