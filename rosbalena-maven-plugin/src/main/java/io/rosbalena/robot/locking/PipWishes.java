package io.rosbalena.robot.locking;

import io.rosbalena.finding.Findings;
import io.rosbalena.lock.LockedPlatform;
import io.rosbalena.robot.project.BuildNeeds;
import io.rosbalena.robot.project.Robot;
import io.rosbalena.robot.project.RobotService;
import io.rosbalena.robot.project.TestNeeds;
import io.rosbalena.rosdep.KeyFinding;
import io.rosbalena.rosdep.KeyUse;
import io.rosbalena.rosdep.Resolution;
import io.rosbalena.rosdep.ResolvedKeys;
import io.rosbalena.wheel.Requirement;
import io.rosbalena.wheel.resolve.WheelRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The Python projects that a robot's keys ask pip for. */
final class PipWishes {
    private final ResolvedKeys keys;
    private final Map<String, List<KeyUse>> uses = new HashMap<>();
    private final Findings findings = new Findings();

    private PipWishes(Robot robot, BuildNeeds build, Optional<TestNeeds> tests, ResolvedKeys keys) {
        this.keys = keys;
        for (KeyUse use : RobotKeys.uses(robot, build, tests)) {
            for (Resolution.Found rule : keys.closure(List.of(use.key()))) {
                uses.computeIfAbsent(rule.key(), any -> new ArrayList<>()).add(use);
            }
        }
    }

    /**
     * The wishes of each service and of the roots for compiling and testing that have any. As with Debian packages, these
     * roots also get what the services run with.
     *
     * @throws io.rosbalena.finding.FindingException RB295 with every rule that asks pip for something that is no
     *     requirement
     */
    static SortedMap<String, List<WheelRequest.Wish>> of(Robot robot, Optional<TestNeeds> tests, ResolvedKeys keys) {
        BuildNeeds build = BuildNeeds.of(robot);
        PipWishes wishes = new PipWishes(robot, build, tests, keys);
        SortedMap<String, List<WheelRequest.Wish>> sets = new TreeMap<>();
        SortedSet<String> all = new TreeSet<>();
        build.closure().ifPresent(closure -> all.addAll(closure.keys().keySet()));
        for (RobotService service : robot.services()) {
            all.addAll(service.keys());
            wishes.put(service.name(), service.keys(), sets);
        }
        if (!build.packages().isEmpty()) {
            wishes.put(LockedPlatform.BUILD, all, sets);
        }
        tests.ifPresent(needs -> {
            all.addAll(needs.keys().keySet());
            wishes.put(LockedPlatform.TEST, all, sets);
        });
        wishes.findings.throwIfErrors();
        return sets;
    }

    private void put(String set, Collection<String> asked, SortedMap<String, List<WheelRequest.Wish>> sets) {
        List<WheelRequest.Wish> wishes = new ArrayList<>();
        for (Resolution.Found rule : keys.closure(asked)) {
            if (rule.installer().equals("pip")) {
                rule.packages().stream()
                        .filter(word -> !word.isBlank())
                        .forEach(word -> wish(rule, word).ifPresent(wishes::add));
            }
        }
        if (!wishes.isEmpty()) {
            sets.put(set, wishes);
        }
    }

    private Optional<WheelRequest.Wish> wish(Resolution.Found rule, String word) {
        List<KeyUse> places = uses.getOrDefault(rule.key(), List.of());
        Optional<Requirement> requirement = Requirement.parse(word);
        if (requirement.isEmpty() || requirement.get().url().isPresent()) {
            findings.add(KeyFinding.error(
                            "RB295",
                            "the rosdep key \"" + rule.key() + "\" asks pip for " + word + " (" + rule.place()
                                    + "), which is no name of a project with versions, as NAME>=VERSION",
                            places)
                    .fix("define the key in rosdep/overlay.yaml"));
            return Optional.empty();
        }
        Optional<KeyUse> place = places.stream().findFirst();
        return Optional.of(new WheelRequest.Wish(
                requirement.get(),
                "the rosdep key \"" + rule.key() + "\"",
                place.map(KeyUse::file).orElse(rule.place().source()),
                place.map(KeyUse::line).orElse(rule.place().line())));
    }
}
