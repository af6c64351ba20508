package io.rosbalena.robot.wheel;

import io.rosbalena.finding.FindingException;
import io.rosbalena.image.Platform;
import io.rosbalena.lock.LockedPackage;
import io.rosbalena.lock.LockedPlatform;
import io.rosbalena.lock.LockedWheel;
import io.rosbalena.robot.base.Base;
import io.rosbalena.robot.buildroot.BuildRootMaking;
import io.rosbalena.robot.deb.SystemState;
import io.rosbalena.robot.project.RobotProject;
import io.rosbalena.robot.surroundings.Surroundings;
import io.rosbalena.wheel.PythonVersion;
import io.rosbalena.wheel.index.IndexFile;
import io.rosbalena.wheel.resolve.WheelChoice;
import io.rosbalena.wheel.resolve.WheelRequest;
import io.rosbalena.wheel.resolve.WheelSolver;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Chooses the wheels of a platform from what indexes offer now, and brings them into the store. */
public final class WheelLocking {
    private final RobotProject project;
    private final LockedPlatform draft;
    private final Platform platform;
    private final Base base;
    private final SystemState states;
    private final Surroundings surroundings;

    /**
     * @param draft the platform without wheels; its packages are in the store. If it has a set
     *     {@link LockedPlatform#WHEEL_MAKING}, wheels are made from sources where there are no others
     * @param states opens the packages
     */
    public WheelLocking(
            RobotProject project,
            LockedPlatform draft,
            Platform platform,
            Base base,
            SystemState states,
            Surroundings surroundings) {
        this.project = project;
        this.draft = draft;
        this.platform = platform;
        this.base = base;
        this.states = states;
        this.surroundings = surroundings;
    }

    /**
     * The wheels for some wishes.
     *
     * @param wishes of each set that has any; each of these sets holds a Python
     * @param preferred versions that are taken wherever they still answer
     * @return empty if something can only be had from sources, and the draft has no set to make wheels in
     * @throws FindingException with everything that cannot be had
     */
    public Optional<ChosenWheels> choose(
            SortedMap<String, List<WheelRequest.Wish>> wishes, SortedMap<String, PythonVersion> preferred)
            throws IOException, InterruptedException {
        if (wishes.isEmpty()) {
            return Optional.of(ChosenWheels.NONE);
        }
        surroundings.console().stage("Resolving Python wheels for " + platform);
        List<URI> indexes = PipIndexes.of(project, askers(wishes));
        Optional<WheelMaking> making =
                draft.sets().containsKey(LockedPlatform.WHEEL_MAKING) ? Optional.of(making(indexes)) : Optional.empty();
        WheelSupply supply = new WheelSupply(indexes, surroundings, making);
        WheelSets sets = new WheelSets(supply, preferred, surroundings);
        try {
            for (Map.Entry<String, List<WheelRequest.Wish>> one : wishes.entrySet()) {
                sets.add(one.getKey(), one.getValue(), interpreter(one.getKey()), provided(one.getKey()));
            }
        } catch (FindingException e) {
            if (e.kind() == FindingException.Kind.INPUT && supply.hasWithheld()) {
                return Optional.empty();
            }
            throw e;
        }
        return Optional.of(
                sets.chosen().withTools(making.map(WheelMaking::tools).orElseGet(TreeMap::new)));
    }

    private static String askers(SortedMap<String, List<WheelRequest.Wish>> wishes) {
        return wishes.values().stream()
                .flatMap(List::stream)
                .map(wish -> wish.asker() + " (" + wish.file() + ":" + wish.line() + ")")
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private WheelMaking making(List<URI> indexes) {
        BuildRootMaking root =
                new BuildRootMaking(LockedPlatform.WHEEL_MAKING, draft, platform, base, states, surroundings);
        WheelSupply supply = new WheelSupply(indexes, surroundings, Optional.empty());
        return new WheelMaking(
                root,
                (requirements, source) -> {
                    Interpreter interpreter = interpreter(LockedPlatform.WHEEL_MAKING);
                    WheelChoice choice = WheelSolver.solve(
                            new WheelRequest(
                                    WheelSets.wishes(requirements, source.filename()),
                                    interpreter.markers(),
                                    interpreter.tags(),
                                    provided(LockedPlatform.WHEEL_MAKING),
                                    new TreeMap<>()),
                            supply);
                    List<LockedWheel> found = new ArrayList<>();
                    for (IndexFile file : choice.files().values()) {
                        found.add(supply.locked(file));
                    }
                    return found;
                },
                surroundings);
    }

    private Interpreter interpreter(String set) throws IOException {
        return Interpreter.of(draft.members(set), base.installed(), platform)
                .orElseThrow(() -> new IllegalStateException("no Python in " + set));
    }

    private SortedMap<String, PythonVersion> provided(String set) throws IOException, InterruptedException {
        // Only these packages bring Python projects; the others need not be looked into.
        List<LockedPackage> packages = draft.members(set).stream()
                .filter(one -> one.name().startsWith("python3") || one.name().startsWith("ros-"))
                .toList();
        return InstalledDistributions.of(states.facts(packages), base.tree());
    }
}
