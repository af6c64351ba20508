package io.rosbalena.robot.fleet;

import io.rosbalena.balena.ApiFinding;
import io.rosbalena.balena.ApiServer;
import io.rosbalena.balena.Device;
import io.rosbalena.balena.Fleet;
import io.rosbalena.balena.FleetVariable;
import io.rosbalena.balena.Printable;
import io.rosbalena.balena.VariableFile;
import io.rosbalena.balena.VariableRules;
import io.rosbalena.compose.DotEnv;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.finding.Findings;
import io.rosbalena.robot.project.RobotProject;
import io.rosbalena.robot.surroundings.Surroundings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The goal {@code env}: variables of a fleet as they are checked in. */
public final class Variables {
    private Variables() {}

    /**
     * What is asked for.
     *
     * @param file the variables that are checked in
     * @param device the device that gets its own; empty: the fleet
     * @param apply whether the server is changed
     * @param environment that of this process
     */
    public record Request(Path file, Optional<String> device, boolean apply, Map<String, String> environment) {
        public Request {
            environment = Map.copyOf(environment);
        }

        /** Its environment holds secrets. */
        @Override
        public String toString() {
            return "variables of " + file;
        }
    }

    /**
     * Shows how the server differs from the project, and applies that if it is asked to.
     *
     * @param sink receives the lines to show
     * @throws FindingException RB640 to RB647 for what is wrong with the file, the device or the names
     */
    public static void run(
            RobotProject project, FleetAccess access, Request request, Surroundings surroundings, Consumer<String> sink)
            throws IOException, InterruptedException {
        VariableFile file = VariableFile.read(request.file(), project.files().show(request.file()));
        Findings findings = new Findings();
        Map<String, String> known = new TreeMap<>(
                DotEnv.variables(project.files().directory(), project.build().interpolation(), findings));
        known.putAll(request.environment());
        ApiServer api = access.login(surroundings.network(), surroundings.console()::message);
        Fleet fleet = access.fleet(api);
        ApiFinding.telling(api, () -> {
            Optional<Device> device = request.device().isPresent()
                    ? Optional.of(Device.find(api, request.device().get(), Optional.of(fleet.id())))
                    : Optional.empty();
            VariableTarget target = VariableTarget.of(api, fleet, device);
            VariableRules rules = VariableRules.of(api);
            Plan plan = plan(file, target, known, target.set(api), findings);
            for (FleetVariable variable : file.variables()) {
                rules.check(
                        variable, VariableFile.value(variable, known).filter(value -> !variable.secret()), findings);
            }
            findings.throwIfErrors();
            findings.all().forEach(surroundings.console()::finding);
            tell(target, plan, sink);
            finish(api, plan, request.apply(), sink);
            return true;
        });
    }

    /**
     * What is to do.
     *
     * @param same how many variables are as they shall be
     * @param others what the server has and the project does not know
     * @param waiting variables that each device has its own of
     */
    private record Plan(List<VariableChange> changes, int same, List<String> others, List<String> waiting) {}

    private static Plan plan(
            VariableFile file,
            VariableTarget target,
            Map<String, String> known,
            Map<VariableTarget.Home, Map<String, String>> set,
            Findings findings) {
        List<VariableChange> changes = new ArrayList<>();
        List<String> waiting = new ArrayList<>();
        int same = 0;
        for (FleetVariable variable : file.variables()) {
            if (!target.takes(variable)) {
                if (target.device().isEmpty()) {
                    waiting.add(variable.name());
                }
                continue;
            }
            Optional<String> value = VariableFile.value(variable, known);
            for (VariableTarget.Home home : target.homes(variable)) {
                Map<String, String> there = set.getOrDefault(home, new TreeMap<>());
                Optional<String> before = Optional.ofNullable(there.remove(variable.name()));
                if (value.isEmpty()) {
                    if (before.isEmpty()) {
                        findings.add(missing(variable, target));
                    } else {
                        same++;
                    }
                } else if (before.equals(value)) {
                    same++;
                } else {
                    checkValue(variable, value.get(), findings);
                    changes.add(new VariableChange(variable, home, before, value.get()));
                }
            }
        }
        List<String> others = new ArrayList<>();
        set.forEach((home, names) -> names.keySet().forEach(name -> others.add(home.show(Printable.line(name)))));
        return new Plan(changes, same, others, waiting);
    }

    private static Finding missing(FleetVariable variable, VariableTarget target) {
        return variable.place()
                .place(Finding.warning(
                                "RB648",
                                variable.name() + " has no value here, and none on the server, for " + target.show())
                        .fix("export " + variable.name() + "=…, or write it into .env, which nobody commits"));
    }

    private static void checkValue(FleetVariable variable, String value, Findings findings) {
        if (!variable.type().takes(value)) {
            findings.add(variable.place()
                    .place(Finding.error(
                                    "RB641",
                                    "the value of " + variable.name() + " is not "
                                            + variable.type().name())
                            .fix("correct it in the environment or in .env")));
        }
    }

    private static void tell(VariableTarget target, Plan plan, Consumer<String> sink) {
        sink.accept(target.show() + (plan.changes().isEmpty() ? " is as the file says" : ""));
        plan.changes().forEach(change -> sink.accept("  " + change.show()));
        if (plan.same() > 0 && !plan.changes().isEmpty()) {
            sink.accept("  " + plan.same() + " are as they shall be");
        }
        plan.others()
                .forEach(name ->
                        sink.accept("  ? " + name + " is set on the server and not in the file; it is left alone"));
        if (!plan.waiting().isEmpty()) {
            sink.accept("  of each device its own: " + String.join(", ", plan.waiting())
                    + "; -Ddevice=UUID shows them for one");
        }
    }

    private static void finish(ApiServer api, Plan plan, boolean apply, Consumer<String> sink) throws IOException {
        if (plan.changes().isEmpty()) {
            return;
        }
        if (!apply) {
            sink.accept("nothing was changed; -Drosbalena.apply does it");
            return;
        }
        for (VariableChange change : plan.changes()) {
            change.apply(api);
        }
        sink.accept("done: " + plan.changes().size() + (plan.changes().size() == 1 ? " variable" : " variables")
                + "; running services that see them restart");
    }
}
