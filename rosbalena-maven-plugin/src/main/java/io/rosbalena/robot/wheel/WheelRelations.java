package io.rosbalena.robot.wheel;

import io.rosbalena.image.Platform;
import io.rosbalena.lock.LockedPlatform;
import io.rosbalena.lock.LockedWheel;
import io.rosbalena.robot.base.Base;
import io.rosbalena.robot.project.RobotProject;
import io.rosbalena.robot.surroundings.Surroundings;
import io.rosbalena.store.BlobStore;
import io.rosbalena.wheel.MarkerEnvironment;
import io.rosbalena.wheel.Requirement;
import io.rosbalena.wheel.layout.WheelMetadata;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What locked wheels need of each other, as their own metadata say. */
public final class WheelRelations {
    private final Map<String, List<Requirement>> requirements = new HashMap<>();
    private final MarkerEnvironment environment;

    private WheelRelations(MarkerEnvironment environment) {
        this.environment = environment;
    }

    /**
     * One wheel that another one needs.
     *
     * @param by name of the project that needs it
     * @param project name of what is needed
     * @param requirement how that is asked for
     */
    public record Need(String by, String project, String requirement) {}

    /**
     * Reads the metadata of a platform's wheels. Indexes are asked for what the store lacks; what must be made from sources
     * first is left out.
     *
     * @throws io.rosbalena.finding.FindingException RB285 and up if one is no sound wheel; RB297 if one cannot be had
     */
    public static WheelRelations read(
            RobotProject project, LockedPlatform locked, Platform platform, Base base, Surroundings surroundings)
            throws IOException {
        List<LockedWheel> wheels = locked.installedWheels();
        Optional<Interpreter> interpreter =
                wheels.isEmpty() ? Optional.empty() : Interpreter.of(locked.packages(), base.installed(), platform);
        if (interpreter.isEmpty()) {
            return new WheelRelations(new MarkerEnvironment("", ""));
        }
        WheelDownloads.ensure(wheels, project, surroundings);
        return read(wheels, interpreter.get().markers(), surroundings.store());
    }

    private static WheelRelations read(Collection<LockedWheel> wheels, MarkerEnvironment environment, BlobStore store)
            throws IOException {
        WheelRelations relations = new WheelRelations(environment);
        for (LockedWheel one : wheels) {
            if (store.has(one.sha256(), one.size())) {
                List<Requirement> needs = new ArrayList<>();
                for (String text : WheelMetadata.read(store.path(one.sha256()), one.filename())
                        .requiresDist()) {
                    Requirement.parse(text).ifPresent(needs::add);
                }
                relations.requirements.put(one.name(), needs);
            }
        }
        return relations;
    }

    /**
     * What the wheels of a set need of each other.
     *
     * @param asked extras that keys ask for, by project
     */
    public List<Need> needs(Collection<LockedWheel> wheels, Map<String, ? extends Set<String>> asked) {
        Set<String> names = wheels.stream().map(LockedWheel::name).collect(Collectors.toSet());
        Map<String, Set<String>> extras = new HashMap<>();
        asked.forEach((project, some) -> extras.put(project, new TreeSet<>(some)));
        List<Need> needs = new ArrayList<>();
        Deque<String> open = new ArrayDeque<>(new TreeSet<>(names));
        while (!open.isEmpty()) {
            String by = open.remove();
            for (Requirement one : requirements.getOrDefault(by, List.of())) {
                if (names.contains(one.name()) && one.applies(environment, extras.getOrDefault(by, Set.of()))) {
                    needs.add(new Need(by, one.name(), one.toString()));
                    // With another extra the same wheel may need more.
                    if (extras.computeIfAbsent(one.name(), any -> new TreeSet<>())
                            .addAll(one.extras())) {
                        open.add(one.name());
                    }
                }
            }
        }
        return needs;
    }
}
