package io.rosbalena.lint.rules;

import io.rosbalena.finding.Spelling;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Whether the middleware that a service asks for is there, and whether services speak the same one. */
final class Middleware implements Check {
    private static final String VARIABLE = "RMW_IMPLEMENTATION";

    @Override
    public void check(RobotView robot, Report report) {
        List<ServiceView> speaking = new ArrayList<>();
        for (ServiceView service : robot.rosServices()) {
            missing(service, report);
            if (service.middleware().map(ServiceView.MIDDLEWARES::get).isPresent()) {
                speaking.add(service);
            }
        }
        for (ServiceView other : speaking.subList(Math.min(1, speaking.size()), speaking.size())) {
            String first = middleware(speaking.get(0));
            String second = middleware(other);
            if (!kind(first).equals(kind(second))) {
                report.add(
                        LintRule.MIDDLEWARE_DIFFERS,
                        other.service(),
                        "environment." + VARIABLE,
                        "it uses " + second + ", and " + speaking.get(0).name() + " uses " + first
                                + ": between different middlewares services and large messages do not work reliably",
                        "write x-rosbalena: {rmw: " + first + "} at the top level for all of them");
            }
        }
    }

    private static String middleware(ServiceView service) {
        return service.middleware().orElseThrow();
    }

    private static String kind(String middleware) {
        return ServiceView.MIDDLEWARES.getOrDefault(middleware, middleware);
    }

    private static void missing(ServiceView service, Report report) {
        Optional<String> wanted = service.variable(VARIABLE).filter(name -> !name.isEmpty());
        Optional<SortedSet<String>> installed = service.middlewares();
        if (wanted.isEmpty() || installed.isEmpty() || installed.get().contains(wanted.get())) {
            return;
        }
        String name = wanted.get();
        boolean known = ServiceView.MIDDLEWARES.containsKey(name);
        boolean own =
                service.contents().filter(one -> one.packages().contains(name)).isPresent();
        if (own) {
            return;
        }
        String debian = "ros-" + service.rosDistro().orElse("DISTRO") + "-" + name.replace('_', '-');
        report.add(
                LintRule.MIDDLEWARE_MISSING,
                service.service(),
                "environment." + VARIABLE,
                "its image has no " + name + ", so no node starts",
                known
                        ? "write x-rosbalena: {apt: [" + debian + "]} in the service, or name " + name
                                + " as an exec_depend of a package"
                        : Spelling.nearest(name, ServiceView.MIDDLEWARES.keySet())
                                .map(meant -> "did you mean " + meant + "?")
                                .orElse("middlewares are "
                                        + String.join(", ", new TreeSet<>(ServiceView.MIDDLEWARES.keySet()))));
    }
}
