package io.rosbalena.robot.preflight;

import io.rosbalena.colcon.CompiledWorkspace;
import io.rosbalena.compose.Service;
import io.rosbalena.finding.Findings;
import io.rosbalena.image.Image;
import io.rosbalena.image.Platform;
import io.rosbalena.json.Json;
import io.rosbalena.json.JsonValue;
import io.rosbalena.lint.preflight.CommandCheck;
import io.rosbalena.lint.preflight.ContainerView;
import io.rosbalena.lint.preflight.EnvironmentCheck;
import io.rosbalena.lint.preflight.LibraryCheck;
import io.rosbalena.lint.preflight.Offers;
import io.rosbalena.lint.preflight.Part;
import io.rosbalena.lint.preflight.Processor;
import io.rosbalena.lint.preflight.PythonCheck;
import io.rosbalena.lint.preflight.Strictness;
import io.rosbalena.lock.Lock;
import io.rosbalena.lock.LockedPlatform;
import io.rosbalena.robot.base.Base;
import io.rosbalena.robot.deb.SystemState;
import io.rosbalena.robot.project.Robot;
import io.rosbalena.robot.project.RobotService;
import io.rosbalena.robot.service.ImageTrees;
import io.rosbalena.robot.service.ServiceImages;
import io.rosbalena.robot.surroundings.Surroundings;
import io.rosbalena.store.Digest;
import io.rosbalena.store.KeyBuilder;
import io.rosbalena.store.Remembered;
import io.rosbalena.workspace.RosPackage;
import io.rosbalena.yaml.Position;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** Looks into the images of services: what a robot would only say when it starts is said when it is built. */
public final class Preflight {
    private final Robot robot;
    private final Lock lock;
    private final SystemState states;
    private final Surroundings surroundings;
    private final Findings findings;
    private final Remembered<Digest, PreflightStage.Nothing> memory;

    /**
     * @param states tells the facts of packages
     * @param findings gets what is found
     */
    public Preflight(Robot robot, Lock lock, SystemState states, Surroundings surroundings, Findings findings) {
        this.robot = robot;
        this.lock = lock;
        this.states = states;
        this.surroundings = surroundings;
        this.findings = findings;
        this.memory = new Remembered<>(new PreflightStage(), surroundings.store(), surroundings.results());
    }

    /**
     * Looks into the images of a platform; those that were looked into before are passed over.
     *
     * @param compiled the whole workspace for this platform, also what stands in no image
     * @param images by service
     * @param services made them
     */
    public void check(
            Platform platform,
            LockedPlatform locked,
            Base base,
            CompiledWorkspace compiled,
            SortedMap<String, Image> images,
            ServiceImages services)
            throws IOException, InterruptedException {
        Optional<Processor> processor = Processor.of(platform);
        if (processor.isEmpty() || robot.preflight() == Strictness.IGNORE) {
            return;
        }
        Offers offers = new ProjectOffers(robot, lock, locked, base, compiled, states, surroundings);
        for (RobotService service : robot.services()) {
            Image image = Optional.ofNullable(images.get(service.name())).orElseThrow();
            Digest key = key(service, image);
            if (memory.find(key).isPresent()) {
                continue;
            }
            Findings found = new Findings();
            try (ImageTrees trees = services.trees(service.name())) {
                check(view(service, image, trees, processor.get()), trees, offers, found);
            }
            if (found.all().isEmpty()) {
                memory.keep(key, new PreflightStage.Nothing());
            }
            found.all().forEach(finding -> findings.add(robot.preflight().apply(finding)));
        }
    }

    private void check(ContainerView view, ImageTrees trees, Offers offers, Findings found)
            throws IOException, InterruptedException {
        List<Part> parts = new ArrayList<>();
        trees.packages()
                .forEach((name, tree) ->
                        parts.add(new Part(Optional.of(name), manifest(name), tree.tree(surroundings.store()))));
        parts.add(new Part(Optional.empty(), view.service().places().of("x-rosbalena.files"), trees.added()));
        LibraryCheck.check(view, parts, trees.supplies(), offers, found);
        CommandCheck.check(view, offers, found);
        PythonReading reading = new PythonReading(robot, parts, surroundings);
        PythonCheck.check(view, parts, reading, offers, found);
        EnvironmentCheck.check(view, parts, reading, found);
    }

    private Position manifest(String packageName) {
        return Position.of(
                robot.workspace().find(packageName).map(RosPackage::file).orElse(packageName));
    }

    /** All that the findings about a service depend on, but for the lines that they name. */
    private static Digest key(RobotService service, Image image) {
        return new KeyBuilder()
                .add("platform", image.platform().toString())
                .add("image", image.manifest())
                .add("fields", service.compose().fields().toString())
                .add("secrets", service.compose().extension().secrets())
                .build();
    }

    private ContainerView view(RobotService service, Image image, ImageTrees trees, Processor processor)
            throws IOException {
        JsonValue config =
                Json.parse(surroundings.store().bytes(image.config())).get("config");
        Service compose = service.compose();
        Map<String, String> environment = new HashMap<>();
        for (String variable : config.get("Env").strings()) {
            int equals = variable.indexOf('=');
            environment.put(variable.substring(0, equals), variable.substring(equals + 1));
        }
        environment.putAll(compose.environment());
        String directory =
                compose.text("working_dir").orElse(config.get("WorkingDir").string());
        return new ContainerView(compose, trees.files(), environment, directory, processor, trees.kinds());
    }
}
