package io.rosbalena.robot.wheel;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.finding.Findings;
import io.rosbalena.lock.LockedPlatform;
import io.rosbalena.lock.LockedWheel;
import io.rosbalena.robot.surroundings.Surroundings;
import io.rosbalena.wheel.PythonVersion;
import io.rosbalena.wheel.Requirement;
import io.rosbalena.wheel.index.IndexFile;
import io.rosbalena.wheel.resolve.WheelChoice;
import io.rosbalena.wheel.resolve.WheelRequest;
import io.rosbalena.wheel.resolve.WheelSolver;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The wheels of one platform: for each service and for the build root, so that a project has one version in all of them.
 */
final class WheelSets {
    private final WheelSupply supply;
    private final Surroundings surroundings;
    private final SortedMap<String, PythonVersion> preferred;
    private final SortedMap<String, LockedWheel> wheels = new TreeMap<>();
    private final SortedMap<String, String> askers = new TreeMap<>();
    private final SortedMap<String, List<String>> sets = new TreeMap<>();
    private final Set<String> overlaps = new HashSet<>();
    private final Findings findings = new Findings();

    /** @param preferred versions of the lock, which are taken wherever they still answer */
    WheelSets(WheelSupply supply, SortedMap<String, PythonVersion> preferred, Surroundings surroundings) {
        this.supply = supply;
        this.preferred = new TreeMap<>(preferred);
        this.surroundings = surroundings;
    }

    /**
     * Chooses the wheels of a set; what was chosen for those before it goes first.
     *
     * @param provided what is there without a wheel
     * @throws FindingException with everything that cannot be had
     */
    void add(
            String set,
            List<WheelRequest.Wish> wishes,
            Interpreter interpreter,
            SortedMap<String, PythonVersion> provided)
            throws IOException, InterruptedException {
        WheelChoice choice = WheelSolver.solve(
                new WheelRequest(wishes, interpreter.markers(), interpreter.tags(), provided, preferred), supply);
        List<String> members = new ArrayList<>();
        for (Map.Entry<String, IndexFile> one : choice.files().entrySet()) {
            LockedWheel wheel = supply.locked(one.getValue());
            LockedWheel before = wheels.putIfAbsent(one.getKey(), wheel);
            if (before != null && !before.equals(wheel)) {
                findings.add(Finding.error(
                                "RB298",
                                "two versions of the Python project " + one.getKey() + " are needed: "
                                        + before.version() + " by " + askers.get(one.getKey()) + ", "
                                        + wheel.version() + " by " + label(set))
                        .fix("pin one that both take in the rule of a key, as NAME==VERSION"));
            }
            askers.putIfAbsent(one.getKey(), label(set));
            preferred.put(one.getKey(), one.getValue().version());
            members.add(wheel.member());
        }
        choice.hidden().forEach((project, version) -> hidden(set, project, version));
        List<LockedWheel> ofSet = choice.files().keySet().stream()
                .flatMap(project -> Stream.ofNullable(wheels.get(project)))
                .toList();
        WheelOverlap.of(WheelParts.stack(ofSet), surroundings.store()).stream()
                .filter(overlap -> overlaps.add(overlap.path()))
                .forEach(this::overlap);
        sets.put(set, members);
    }

    /** Whoever imports the project in this service gets the wheel, the nodes of Debian packages among them. */
    private void hidden(String set, String project, PythonVersion version) {
        LockedWheel wheel = wheels.get(project);
        if (wheel != null) {
            Finding finding = Finding.warning(
                            "RB299",
                            "the wheel " + project + " " + wheel.version() + " hides " + version
                                    + ", which a Debian package brings, from everything in the " + label(set))
                    .fix(
                            "see that the Debian packages work with it, or pin the wheel that asks for it to a version that"
                                    + " takes " + version);
            surroundings.console().finding(finding);
        }
    }

    private void overlap(WheelOverlap overlap) {
        String both = "the wheels " + show(overlap.below()) + " and " + show(overlap.above());
        switch (overlap.kind()) {
            case SAME -> {}
            case CONTENT ->
                surroundings
                        .console()
                        .finding(
                                Finding.warning(
                                                "RB292",
                                                both + " bring different files " + overlap.path()
                                                        + ", of which that of "
                                                        + overlap.above().name() + " counts")
                                        .fix(
                                                "see that both work; one of them should not bring it, which its project can mend"));
            case FILE_AND_FOLDER ->
                findings.add(Finding.error(
                                "RB293",
                                both + " cannot stand together: " + overlap.path()
                                        + " is a file of one and a folder of the other")
                        .fix("pin another version of one in the rule of its key, as NAME==VERSION"));
        }
    }

    private static String show(LockedWheel wheel) {
        return wheel.name() + " " + wheel.version();
    }

    private static String label(String set) {
        return switch (set) {
            case LockedPlatform.BUILD -> "build root";
            case LockedPlatform.TEST -> "test root";
            default -> "service " + set;
        };
    }

    /** @throws FindingException with every project that is needed in two versions */
    ChosenWheels chosen() {
        findings.throwIfErrors();
        return new ChosenWheels(List.copyOf(wheels.values()), sets);
    }

    /** Requirements without a place of their own. */
    static List<WheelRequest.Wish> wishes(List<String> requirements, String asker) {
        List<WheelRequest.Wish> wishes = new ArrayList<>();
        for (String text : requirements) {
            Optional<Requirement> requirement = Requirement.parse(text);
            if (requirement.isEmpty()) {
                throw FindingException.input(
                        Finding.error("RB284", asker + " asks for something that cannot be read: " + text)
                                .fix("pin a version that has wheels, as NAME==VERSION in the rule of the key"));
            }
            wishes.add(new WheelRequest.Wish(requirement.get(), asker, asker, 0));
        }
        return wishes;
    }
}
