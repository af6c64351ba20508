package io.rosbalena.robot.desk;

import io.rosbalena.compose.ComposeFile;
import io.rosbalena.compose.ComposeModel;
import io.rosbalena.device.DeviceException;
import io.rosbalena.device.EngineImage;
import io.rosbalena.device.LocalState;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.finding.Findings;
import io.rosbalena.image.DockerArchive;
import io.rosbalena.image.Platform;
import io.rosbalena.image.StoredImage;
import io.rosbalena.robot.building.BuildOutcome;
import io.rosbalena.robot.building.Building;
import io.rosbalena.robot.building.BuiltRobot;
import io.rosbalena.robot.project.RobotProject;
import io.rosbalena.robot.surroundings.Surroundings;
import io.rosbalena.run.ServiceLog;
import io.rosbalena.store.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Developing: what is built, on one device in local mode, without any fleet. */
public final class Developing {
    /** See the Supervisor's {@code local-mode.ts}: all that is not in the snapshot of when it was switched on goes. */
    private static final String LEAVING =
            "when the device leaves local mode, everything that it got meanwhile is removed:"
                    + " these services, their images, and their volumes with what is in them";

    private final RobotProject project;
    private final DevRequest request;
    private final Surroundings surroundings;
    private final Consumer<String> sink;
    private final Leaving leaving;

    private Developing(
            RobotProject project,
            DevRequest request,
            Surroundings surroundings,
            Consumer<String> sink,
            Leaving leaving) {
        this.project = project;
        this.request = request;
        this.surroundings = surroundings;
        this.sink = sink;
        this.leaving = leaving;
    }

    /**
     * Builds what is not built, sends the layers that the device lacks, and lets it run the services.
     *
     * @param environment that of this process, from which secret variables are taken
     * @param sink gets each line to print
     * @throws FindingException RB660 to RB671, and whatever a build may say; the device then runs what it ran before, but
     *     for RB670
     */
    public static void dev(
            RobotProject project,
            DevRequest request,
            Surroundings surroundings,
            Map<String, String> environment,
            Consumer<String> sink)
            throws IOException, InterruptedException {
        try (Leaving leaving = Leaving.begin(sink)) {
            new Developing(project.atTheDesk(), request, surroundings, sink, leaving).dev(environment);
        }
    }

    private void dev(Map<String, String> environment) throws IOException, InterruptedException {
        leaving.says("the device was not changed");
        DeskDevice device = DeskDevice.of(request, surroundings.network().patience());
        Platform platform = DeviceFit.platform(project.target(), device, surroundings.console());
        BuiltRobot built = Building.built(project, surroundings);
        ComposeModel model = manifest(built.outcome(), platform);
        SortedMap<String, StoredImage> images = images(built, platform);
        surroundings.console().stage("Sending to " + device.name());
        SortedMap<String, LocalNames> names = LocalNames.of(model.services().keySet());
        Findings lacking = new Findings();
        SortedMap<String, SortedMap<String, String>> variables =
                DeskVariables.of(project, request.envFile(), model.services().keySet(), environment, lacking);
        lacking.all().forEach(surroundings.console()::finding);
        List<EngineImage> there = send(device, images);
        ServiceLog log = ServiceLog.prefixed(model.services().keySet(), sink);
        try (FollowedLogs logs = FollowedLogs.begin(new DeskLogs(device.supervisor(), Set.of(), true, log))) {
            Map<String, String> before = containers(device);
            set(
                    device,
                    TargetState.of(device.supervisor().targetState(), model, names, variables),
                    there,
                    images,
                    names);
            SortedMap<String, String> after = settled(device, images);
            tell(before, after);
            surroundings.console().message(LEAVING);
            tidy(device, there, images, names);
            leaving.says("the services keep running on " + device.name());
            if (request.follow()) {
                surroundings.console().message("following the logs; Ctrl-C leaves the services running");
                logs.await();
            }
        } catch (IOException e) {
            throw DeskDevice.failure(device.name(), e);
        }
    }

    private List<EngineImage> send(DeskDevice device, SortedMap<String, StoredImage> images) throws IOException {
        try {
            List<EngineImage> there = device.engine().images();
            List<DockerArchive.Item> items = images.values().stream()
                    .map(image -> new DockerArchive.Item(image, List.of()))
                    .toList();
            new Shipping(device.engine(), device.kind(), surroundings.store(), surroundings.console())
                    .send(items, there);
            for (StoredImage image : images.values()) {
                if (device.engine().find(image.id().toString()).isEmpty()) {
                    throw FindingException.environment(
                            Finding.error("RB668", "the engine of " + device.name() + " took an image and has it not")
                                    .fix("run this again; if it stays, see the log of its engine"));
                }
            }
            return there;
        } catch (IOException e) {
            throw DeskFinding.of("the engine of " + device.name(), e);
        }
    }

    /**
     * Names the images and says what is to run. All images are there by now, so that this takes a moment: whatever goes
     * wrong before has changed nothing of what the device runs.
     */
    private void set(
            DeskDevice device,
            Map<String, Object> state,
            List<EngineImage> before,
            SortedMap<String, StoredImage> images,
            SortedMap<String, LocalNames> names)
            throws IOException {
        SortedMap<String, Digest> named = new TreeMap<>();
        images.forEach((service, image) ->
                named.put(Objects.requireNonNull(names.get(service)).repository(), image.id()));
        leaving.whole(() -> {
            name(device, named);
            try {
                device.supervisor().setTargetState(state, request.overrideLocks());
            } catch (DeviceException e) {
                if (e.kind() == DeviceException.Kind.REFUSED) {
                    // The state of before stays, and its services shall not take these images one day.
                    name(device, earlier(before, named.keySet()));
                }
                throw e;
            }
            leaving.says("the device goes on starting what it was sent, without this goal");
        });
    }

    private static void name(DeskDevice device, SortedMap<String, Digest> named) throws IOException {
        for (Map.Entry<String, Digest> one : named.entrySet()) {
            device.engine().tag(one.getValue(), one.getKey(), TargetState.TAG);
        }
    }

    /** Which images had these names. */
    private static SortedMap<String, Digest> earlier(List<EngineImage> before, Set<String> repositories) {
        SortedMap<String, Digest> named = new TreeMap<>();
        for (EngineImage image : before) {
            repositories.stream()
                    .filter(repository -> image.tags().contains(repository + ":" + TargetState.TAG))
                    .forEach(repository -> named.put(repository, image.id()));
        }
        return named;
    }

    private static Map<String, String> containers(DeskDevice device) throws IOException {
        Map<String, String> containers = new HashMap<>();
        for (LocalState.Container container : device.supervisor().state().containers()) {
            containers.put(container.service(), container.id());
        }
        return containers;
    }

    private SortedMap<String, String> settled(DeskDevice device, SortedMap<String, StoredImage> images)
            throws IOException, InterruptedException {
        SortedMap<String, Digest> ids = new TreeMap<>();
        images.forEach((service, image) -> ids.put(service, image.id()));
        return new Settling(device, ids).await();
    }

    private void tell(Map<String, String> before, SortedMap<String, String> after) {
        List<String> started = new ArrayList<>();
        List<String> untouched = new ArrayList<>();
        after.forEach(
                (service, container) -> (container.equals(before.get(service)) ? untouched : started).add(service));
        SortedSet<String> gone = new TreeSet<>(before.keySet());
        gone.removeAll(after.keySet());
        say("started", started);
        say("not touched", untouched);
        say("removed", List.copyOf(gone));
    }

    private void say(String what, List<String> services) {
        if (!services.isEmpty()) {
            surroundings.console().message(what + ": " + DeskLogs.printable(String.join(", ", services)));
        }
    }

    /**
     * Removes the images that had the services' names before and have no other one: the Supervisor leaves images alone in
     * local mode, so they would fill the disk.
     */
    private static void tidy(
            DeskDevice device,
            List<EngineImage> before,
            SortedMap<String, StoredImage> images,
            SortedMap<String, LocalNames> names)
            throws IOException {
        Set<String> repositories = new TreeSet<>();
        names.values().forEach(name -> repositories.add(name.repository()));
        List<Digest> ours = images.values().stream().map(StoredImage::id).toList();
        List<Digest> old = earlier(before, repositories).values().stream()
                .filter(id -> !ours.contains(id))
                .toList();
        if (old.isEmpty()) {
            return;
        }
        for (EngineImage image : device.engine().images()) {
            if (old.contains(image.id()) && image.tags().isEmpty()) {
                device.engine().remove(image.id());
            }
        }
    }

    private SortedMap<String, StoredImage> images(BuiltRobot built, Platform platform) throws IOException {
        Map<String, Digest> manifests = Optional.ofNullable(built.images().get(platform))
                .orElseThrow(() -> new IllegalStateException("no images for " + platform));
        SortedMap<String, StoredImage> images = new TreeMap<>();
        for (Map.Entry<String, Digest> manifest : manifests.entrySet()) {
            images.put(manifest.getKey(), StoredImage.read(manifest.getValue(), surroundings.store()));
        }
        return images;
    }

    private static ComposeModel manifest(BuildOutcome outcome, Platform platform) throws IOException {
        Path file = outcome.otherManifests().getOrDefault(platform.architecture(), outcome.manifest());
        Findings findings = new Findings();
        ComposeModel model = ComposeFile.parse(file.toString(), Files.readAllBytes(file), Map.of(), findings);
        findings.throwIfErrors();
        return model;
    }
}
