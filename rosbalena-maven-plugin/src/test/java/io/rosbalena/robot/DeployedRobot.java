package io.rosbalena.robot;

import io.rosbalena.balena.ApiToken;
import io.rosbalena.balena.ApiUrl;
import io.rosbalena.balena.standin.StandInApi;
import io.rosbalena.registry.LocalRegistry;
import io.rosbalena.robot.deploying.DeployRequest;
import io.rosbalena.robot.deploying.Deploying;
import io.rosbalena.robot.fleet.FleetAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A small robot, a server of fleets, and Debian's registry, to which the server hands out tokens. */
final class DeployedRobot implements AutoCloseable {
    static final String FLEET = "acme/courier";

    private static final String THREE_SERVICES = String.join(
            "\n",
            "services:",
            "  camera:",
            "    command: [hello]",
            "    x-rosbalena:",
            "      apt: [hello]",
            "      files: [\"of-camera:/etc/camera\"]",
            "  planner:",
            "    command: [hello]",
            "    environment: {MODE: fast}",
            "    labels: {io.balena.features.requires.arch.sw: amd64}",
            "    x-rosbalena:",
            "      apt: [hello]",
            "      files: [\"of-planner:/etc/planner\"]",
            "  teleop:",
            "    command: [hello]",
            "    x-rosbalena:",
            "      apt: [hello]",
            "");

    final SmallRobot robot;
    final StandInApi api;
    final LocalRegistry registry;
    final long fleet;
    private String token = StandInApi.TOKEN;
    private String named = FLEET;
    private boolean draft;
    private boolean pin;
    private boolean dryRun;
    private Optional<String> note = Optional.empty();

    private DeployedRobot(SmallRobot robot, StandInApi api, LocalRegistry registry, long fleet) {
        this.robot = robot;
        this.api = api;
        this.registry = registry;
        this.fleet = fleet;
    }

    static DeployedRobot in(Path folder) throws IOException, InterruptedException {
        SmallRobot robot = SmallRobot.in(Files.createDirectories(folder.resolve("of-robot")))
                .write("docker-compose.yml", THREE_SERVICES)
                .write("of-camera", "30 frames")
                .write("of-planner", "careful");
        StandInApi api = StandInApi.start(folder);
        long fleet = api.fleet(FLEET, "generic-amd64");
        LocalRegistry registry = LocalRegistry.withRealm(folder, api.realm(), api.certificate());
        api.storeImagesAt(registry.host());
        return new DeployedRobot(robot, api, registry, fleet);
    }

    DeployedRobot token(String other) {
        token = other;
        return this;
    }

    DeployedRobot named(String other) {
        named = other;
        return this;
    }

    DeployedRobot draft(boolean wanted) {
        draft = wanted;
        return this;
    }

    DeployedRobot pin(boolean wanted) {
        pin = wanted;
        return this;
    }

    DeployedRobot dryRun(boolean wanted) {
        dryRun = wanted;
        return this;
    }

    DeployedRobot note(String text) {
        note = Optional.of(text);
        return this;
    }

    void deploy() throws IOException, InterruptedException {
        ApiToken held = ApiToken.of(token, "the test");
        Deploying.deploy(
                robot.robotProject(),
                new FleetAccess(ApiUrl.parse(api.url()), List.of(() -> Optional.of(held)), Optional.of(named)),
                new DeployRequest(draft, pin, dryRun, note, "0.1.0"),
                robot.surroundings());
    }

    List<Map<String, Object>> releases() {
        return api.rows("release");
    }

    Map<String, Object> release() {
        return releases().get(releases().size() - 1);
    }

    /** Requests that change something. */
    List<String> changes() {
        return api.lines().stream().filter(line -> !line.startsWith("GET ")).toList();
    }

    @Override
    public void close() throws IOException {
        registry.close();
        api.close();
    }
}
