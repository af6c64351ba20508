package io.rosbalena.lint.rules;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Services whose command ends when its work is done. */
final class OneShotRestart implements Check {
    /** Verbs of {@code ros2} that answer and end, with those of their sub-commands that do; none means all of them. */
    private static final Map<String, Set<String>> ENDING = Map.ofEntries(
            Map.entry("action", Set.of("info", "list", "send_goal", "type")),
            Map.entry("bag", Set.of("convert", "info", "list", "reindex")),
            Map.entry("component", Set.of("list", "load", "types", "unload")),
            Map.entry("control", Set.of()),
            Map.entry("daemon", Set.of()),
            Map.entry("doctor", Set.of()),
            Map.entry("interface", Set.of()),
            Map.entry("lifecycle", Set.of()),
            Map.entry("node", Set.of()),
            Map.entry("param", Set.of()),
            Map.entry("pkg", Set.of()),
            Map.entry("service", Set.of("call", "find", "list", "type")),
            Map.entry("topic", Set.of("find", "info", "list", "type")),
            Map.entry("wtf", Set.of()));

    @Override
    public void check(RobotView robot, Report report) {
        List<ServiceView> services = robot.services();
        List<ServiceView> ending =
                services.stream().filter(OneShotRestart::ends).toList();
        for (ServiceView service : ending) {
            Optional<String> restart = service.service().text("restart");
            if (restart.filter(policy -> policy.equals("no") || policy.startsWith("on-failure"))
                    .isEmpty()) {
                report.add(
                        LintRule.ONE_SHOT_RESTART,
                        service.service(),
                        restart.isPresent() ? "restart" : "",
                        "its command ends when it is done, and the Supervisor then starts it again and again",
                        "write restart: on-failure"
                                + (restart.isPresent() ? "" : "; without it the Supervisor takes always"));
            }
            for (ServiceView waiting : services) {
                if (waiting.service().dependsOn().contains(service.name())) {
                    report.add(
                            LintRule.ONE_SHOT_DEPENDENCY,
                            waiting.service(),
                            "depends_on",
                            "it does not wait until " + service.name() + " is done: depends_on is the order of starts",
                            "let the program wait for what it needs, for example for a service or a parameter");
                }
            }
        }
    }

    private static boolean ends(ServiceView service) {
        List<String> words = service.ros2();
        if (words.isEmpty() || !ENDING.containsKey(words.get(0))) {
            return false;
        }
        Set<String> subs = ENDING.getOrDefault(words.get(0), Set.of());
        String sub = words.size() > 1 ? words.get(1) : "";
        boolean once = sub.equals("pub") && (words.contains("--once") || words.contains("-1"));
        return subs.isEmpty() || subs.contains(sub) || once;
    }
}
