package io.rosbalena.robot;

import io.rosbalena.compose.ComposeFile;
import io.rosbalena.compose.ComposeModel;
import io.rosbalena.compose.Service;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.finding.Findings;
import io.rosbalena.image.Descriptor;
import io.rosbalena.image.ImageManifest;
import io.rosbalena.image.Platform;
import io.rosbalena.json.Json;
import io.rosbalena.json.JsonValue;
import io.rosbalena.robot.building.Building;
import io.rosbalena.robot.building.BuiltRobot;
import io.rosbalena.robot.project.DeskSecrets;
import io.rosbalena.robot.project.Platforms;
import io.rosbalena.robot.project.RobotProject;
import io.rosbalena.robot.surroundings.Surroundings;
import io.rosbalena.run.RestartPolicy;
import io.rosbalena.run.RunOptions;
import io.rosbalena.run.Runner;
import io.rosbalena.run.ServiceCommand;
import io.rosbalena.run.ServiceDevice;
import io.rosbalena.run.ServiceLayer;
import io.rosbalena.run.ServiceLog;
import io.rosbalena.run.ServiceView;
import io.rosbalena.run.ServiceVolume;
import io.rosbalena.run.StopRule;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Running: the services of this machine's platform, here, from the images that were built. */
public final class Running {
    /** What a manifest may ask for and a run without an engine does not give. */
    private static final Set<String> NOT_APPLIED = Set.of(
            "cap_add",
            "cap_drop",
            "cpu_quota",
            "cpu_shares",
            "cpuset",
            "dns",
            "extra_hosts",
            "group_add",
            "healthcheck",
            "hostname",
            "mem_limit",
            "mem_reservation",
            "networks",
            "oom_score_adj",
            "pid",
            "pids_limit",
            "ports",
            "security_opt",
            "shm_size",
            "sysctls",
            "ulimits",
            "user");

    private final BlobStore store;

    private Running(BlobStore store) {
        this.store = store;
    }

    /**
     * Builds what is not built and runs it.
     *
     * @param names services to start, with those that they depend on; empty for all
     * @param seconds after which all are stopped; 0 for no limit
     * @param environment that of this process, from which secret variables are taken
     * @param sink gets each line to print
     * @throws FindingException if a service ends with a failure of its own
     */
    public static void run(
            RobotProject project,
            Surroundings surroundings,
            List<String> names,
            int seconds,
            Map<String, String> environment,
            Consumer<String> sink)
            throws IOException, InterruptedException {
        Platform here = Platforms.ofThisMachine()
                .orElseThrow(() -> FindingException.environment(
                        Finding.error("RB726", "services cannot run on this machine's processor")
                                .fix("run them on x86-64 or arm64")));
        BuiltRobot built = Building.built(project, surroundings);
        Map<String, Digest> images = built.images().get(here);
        if (images == null) {
            throw FindingException.input(Finding.error(
                            "RB727", "the robot is built for " + built.images().keySet() + ", this machine is " + here)
                    .at("pom.xml")
                    .fix("add <platforms>" + here + "</platforms>, or -Drosbalena.platforms=" + here));
        }
        ComposeModel model = manifest(built.outcome().manifest());
        Findings lacking = new Findings();
        DeskSecrets secrets = DeskSecrets.of(project, environment, lacking);
        Running running = new Running(surroundings.store());
        List<io.rosbalena.run.Service> services = new ArrayList<>();
        for (String name : wanted(model, names)) {
            Service service = model.services().get(name);
            Digest image = images.get(name);
            if (service != null && image != null) {
                services.add(running.service(service, image, secrets));
            }
        }
        List<String> started =
                services.stream().map(io.rosbalena.run.Service::name).toList();
        lacking.all().stream()
                .filter(finding -> finding.service().filter(started::contains).isPresent())
                .forEach(surroundings.console()::finding);
        surroundings.console().stage("Running " + String.join(", ", started));
        RunOptions options = new RunOptions(
                seconds > 0 ? Optional.of(Duration.ofSeconds(seconds)) : Optional.empty(),
                project.files().output().resolve("volumes"),
                ServiceLog.prefixed(started, sink));
        new Runner(surroundings.store(), surroundings.store()::read, surroundings.console())
                .run(services, options)
                .throwIfFailed();
    }

    private static ComposeModel manifest(Path file) throws IOException {
        Findings findings = new Findings();
        ComposeModel model = ComposeFile.parse(file.toString(), Files.readAllBytes(file), Map.of(), findings);
        findings.throwIfErrors();
        return model;
    }

    private static Set<String> wanted(ComposeModel model, List<String> names) {
        if (names.isEmpty()) {
            return model.services().keySet();
        }
        Set<String> wanted = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(names);
        while (!open.isEmpty()) {
            String name = open.remove();
            Service service = model.services().get(name);
            if (service == null) {
                throw FindingException.input(Finding.error("RB728", "there is no service " + name)
                        .fix("choose from: "
                                + String.join(", ", model.services().keySet())));
            }
            if (wanted.add(name)) {
                open.addAll(service.dependsOn());
            }
        }
        return wanted;
    }

    private io.rosbalena.run.Service service(Service service, Digest image, DeskSecrets secrets) throws IOException {
        ImageManifest manifest = ImageManifest.parse(store.bytes(image));
        JsonValue document = Json.parse(store.bytes(manifest.config().digest()));
        JsonValue config = document.find("config").orElse(new JsonValue(Map.of()));
        return new io.rosbalena.run.Service(
                service.name(),
                layers(manifest, document),
                command(service, config, secrets),
                view(service),
                stop(service, config),
                restart(service),
                service.dependsOn(),
                service.fields().keySet().stream().filter(NOT_APPLIED::contains).toList());
    }

    private static List<ServiceLayer> layers(ImageManifest manifest, JsonValue document) throws IOException {
        List<String> diffIds = document.get("rootfs").get("diff_ids").strings();
        List<Descriptor> blobs = manifest.layers();
        if (diffIds.size() != blobs.size()) {
            throw new IOException("an image with " + blobs.size() + " layers and " + diffIds.size() + " diff ids");
        }
        List<ServiceLayer> layers = new ArrayList<>();
        for (int i = 0; i < blobs.size(); i++) {
            layers.add(new ServiceLayer(blobs.get(i).digest(), Digest.parse(diffIds.get(i))));
        }
        return layers;
    }

    /** As an engine puts it together: a stated entrypoint drops the image's command. */
    private static ServiceCommand command(Service service, JsonValue config, DeskSecrets secrets) throws IOException {
        List<String> arguments = new ArrayList<>(service.entrypoint().orElse(strings(config, "Entrypoint")));
        boolean imageCommand = service.entrypoint().isEmpty();
        arguments.addAll(service.command().orElse(imageCommand ? strings(config, "Cmd") : List.of()));
        if (arguments.isEmpty()) {
            throw FindingException.input(service.places()
                    .of("")
                    .place(Finding.error("RB729", "neither the manifest nor the image says what to start")
                            .fix("write command:"))
                    .inService(service.name()));
        }
        Map<String, String> environment = new TreeMap<>();
        for (String variable : strings(config, "Env")) {
            int equals = variable.indexOf('=');
            environment.put(variable.substring(0, equals), variable.substring(equals + 1));
        }
        environment.putAll(service.environment());
        environment.putAll(secrets.of(service.name()));
        Optional<JsonValue> directory = config.find("WorkingDir");
        String inImage = directory.isPresent() ? directory.get().string() : "";
        return new ServiceCommand(
                arguments, environment, service.text("working_dir").orElse(inImage.isEmpty() ? "/" : inImage));
    }

    private static List<String> strings(JsonValue config, String name) throws IOException {
        Optional<JsonValue> value = config.find(name);
        return value.isPresent() ? value.get().strings() : List.of();
    }

    private static ServiceView view(Service service) {
        return new ServiceView(
                service.volumes().stream()
                        .map(mount -> new ServiceVolume(mount.volume(), mount.target(), mount.readOnly()))
                        .toList(),
                service.texts("tmpfs"),
                service.devices().stream()
                        .map(device -> new ServiceDevice(device.source(), device.target()))
                        .toList(),
                service.text("ipc").filter("host"::equals).isPresent(),
                service.text("network_mode").filter("none"::equals).isEmpty(),
                service.flag("privileged"),
                service.flag("read_only"));
    }

    private static StopRule stop(Service service, JsonValue config) throws IOException {
        Optional<JsonValue> ofImage = config.find("StopSignal");
        String signal = ofImage.isPresent() ? ofImage.get().string() : StopRule.DEFAULT.signal();
        return new StopRule(service.text("stop_signal").orElse(signal), service.stopGracePeriod());
    }

    private static RestartPolicy restart(Service service) {
        return service.text("restart").map(RestartPolicy::parse).orElse(RestartPolicy.parse("always"));
    }
}
