package io.rosbalena.robot.desk;

import io.rosbalena.compose.ManifestEmitter;
import io.rosbalena.device.DeviceException;
import io.rosbalena.device.Endpoint;
import io.rosbalena.device.Engine;
import io.rosbalena.device.EngineKind;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.image.DockerArchive;
import io.rosbalena.image.Platform;
import io.rosbalena.image.StoredImage;
import io.rosbalena.robot.building.Building;
import io.rosbalena.robot.building.BuiltRobot;
import io.rosbalena.robot.project.RobotProject;
import io.rosbalena.robot.surroundings.Surroundings;
import io.rosbalena.store.AtomicFile;
import io.rosbalena.store.Digest;
import io.rosbalena.transfer.TransferSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Loading: what is built, into an engine of this machine. */
public final class Loading {
    private static final int LONGEST_TAG = 128;

    private final RobotProject project;
    private final Surroundings surroundings;
    private final Engine engine;
    private final EngineKind kind;

    private Loading(RobotProject project, Surroundings surroundings, Engine engine, EngineKind kind) {
        this.project = project;
        this.surroundings = surroundings;
        this.engine = engine;
        this.kind = kind;
    }

    /**
     * Builds what is not built and loads the images for the engine's processor, as {@code PROJECT/SERVICE:VERSION}.
     *
     * @param host where the engine listens, as {@code DOCKER_HOST} has it; empty: where they usually do
     * @param environment that of this process
     * @param sink gets the names of the images, and what to go on with
     * @throws FindingException RB668, RB673 or RB674
     */
    public static void load(
            RobotProject project,
            Optional<String> host,
            Surroundings surroundings,
            Map<String, String> environment,
            Consumer<String> sink)
            throws IOException, InterruptedException {
        Endpoint endpoint = LocalEngines.find(host, environment);
        TransferSettings.Patience patience = surroundings.network().patience();
        Engine engine = new Engine(endpoint, patience.connect(), patience.silence());
        EngineKind kind = kind(endpoint, engine);
        BuiltRobot built = Building.built(project, surroundings);
        surroundings.console().stage(DeskLogs.printable("Loading into " + kind.name() + " at " + endpoint));
        try {
            new Loading(project, surroundings, engine, kind).load(built, sink);
        } catch (IOException e) {
            throw DeskFinding.of("the engine at " + endpoint, e);
        }
    }

    private static EngineKind kind(Endpoint endpoint, Engine engine) throws IOException {
        try {
            return engine.kind();
        } catch (DeviceException e) {
            if (e.kind() == DeviceException.Kind.UNREACHABLE) {
                throw FindingException.environment(
                        Finding.error("RB674", "the engine does not let us in: " + e.getMessage())
                                .fix(
                                        "see whether it runs, and whether you may use its socket; docker lets in root and the"
                                                + " group docker"),
                        e);
            }
            throw DeskFinding.of("the engine at " + endpoint, e);
        } catch (IOException e) {
            throw DeskFinding.of("the engine at " + endpoint, e);
        }
    }

    private void load(BuiltRobot built, Consumer<String> sink) throws IOException {
        Platform platform = platform(built);
        SortedMap<String, StoredImage> images = new TreeMap<>();
        SortedMap<String, String> names = new TreeMap<>();
        for (Map.Entry<String, Digest> manifest :
                Objects.requireNonNull(built.images().get(platform)).entrySet()) {
            images.put(manifest.getKey(), StoredImage.read(manifest.getValue(), surroundings.store()));
            names.put(manifest.getKey(), name(manifest.getKey()));
        }
        List<DockerArchive.Item> items = images.entrySet().stream()
                .map(image -> new DockerArchive.Item(
                        image.getValue(), List.of(Objects.requireNonNull(names.get(image.getKey())))))
                .toList();
        new Shipping(engine, kind, surroundings.store(), surroundings.console()).send(items, engine.images());
        for (DockerArchive.Item item : items) {
            name(item);
        }
        names.values().forEach(sink);
        Path overlay = overlay(names);
        RobotProject.Files files = project.files();
        String first = files.show(built.outcome()
                .otherManifests()
                .getOrDefault(platform.architecture(), built.outcome().manifest()));
        surroundings
                .console()
                .message("go on with: " + (kind.podman() ? "podman" : "docker") + " compose -f " + first + " -f "
                        + files.show(overlay) + " up");
    }

    /** The engine's own; where the robot is built for others alone, the first of them. */
    private Platform platform(BuiltRobot built) {
        Platform own = new Platform("linux", kind.architecture(), Optional.empty());
        if (built.images().containsKey(own)) {
            return own;
        }
        Platform other = built.images().keySet().iterator().next();
        surroundings
                .console()
                .finding(Finding.warning(
                                "RB675",
                                "the engine is for " + own + ", and the robot is built for " + other + " alone")
                        .at("pom.xml")
                        .fix("the images run there by emulation, if at all; -Drosbalena.platforms=" + own
                                + " builds others"));
        return other;
    }

    /** An engine that had the image already has not looked at the names in the archive. */
    private void name(DockerArchive.Item item) throws IOException {
        for (String name : item.names()) {
            Optional<Digest> named = engine.find(name);
            Digest id = item.image().id();
            if (named.filter(id::equals).isPresent()) {
                continue;
            }
            if (engine.find(id.toString()).isPresent()) {
                int colon = name.lastIndexOf(':');
                engine.tag(id, name.substring(0, colon), name.substring(colon + 1));
            } else if (named.isEmpty()) {
                throw FindingException.environment(Finding.error("RB668", "the engine took " + name + " and has it not")
                        .fix("see the engine's log; then run this again"));
            }
        }
    }

    /** Podman would put a name without a registry among those of docker.io. */
    private String name(String service) {
        String reference = ManifestEmitter.reference(project.name(), service, "");
        String repository = (kind.podman() ? "localhost/" : "") + reference.substring(0, reference.indexOf('@'));
        String tag = project.version().replaceAll("[^A-Za-z0-9_.-]", "_");
        return repository + ":" + tag.substring(0, Math.min(tag.length(), LONGEST_TAG));
    }

    /** The manifest names images by digests of a registry, under which no local engine knows them. */
    private Path overlay(SortedMap<String, String> names) throws IOException {
        StringBuilder text = new StringBuilder("services:\n");
        names.forEach((service, name) -> text.append("  " + service + ":\n    image: \"" + name + "\"\n"));
        Path file = project.files().output().resolve("docker-compose.load.yml");
        AtomicFile.writeIfChanged(file, text.toString().getBytes(StandardCharsets.UTF_8));
        return file;
    }
}
