package io.rosbalena.robot.deploying;

import io.rosbalena.balena.ApiException;
import io.rosbalena.balena.ApiFinding;
import io.rosbalena.balena.ApiServer;
import io.rosbalena.balena.BalenaApi;
import io.rosbalena.balena.DryRun;
import io.rosbalena.balena.EarlierRelease;
import io.rosbalena.balena.Fleet;
import io.rosbalena.balena.Query;
import io.rosbalena.balena.Release;
import io.rosbalena.compose.Composition;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.image.Platform;
import io.rosbalena.json.Json;
import io.rosbalena.json.JsonValue;
import io.rosbalena.registry.RegistryException;
import io.rosbalena.robot.building.Building;
import io.rosbalena.robot.building.BuiltRobot;
import io.rosbalena.robot.fleet.FleetAccess;
import io.rosbalena.robot.project.Platforms;
import io.rosbalena.robot.project.RobotProject;
import io.rosbalena.robot.surroundings.Surroundings;
import io.rosbalena.store.Digest;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Deploying: from a robot that is built to a release of its fleet. */
public final class Deploying {
    /** The server's limit is 512 kB (open-balena-api), and it answers with a page for people. */
    private static final int LARGEST_NOTE = 256 * 1024;

    private final RobotProject project;
    private final DeployRequest request;
    private final Surroundings surroundings;
    private final ApiServer server;
    private final Fleet fleet;
    private final BalenaApi api;

    private Deploying(
            RobotProject project, DeployRequest request, Surroundings surroundings, ApiServer server, Fleet fleet) {
        this.project = project;
        this.request = request;
        this.surroundings = surroundings;
        this.server = server;
        this.fleet = fleet;
        this.api = request.dryRun() ? new DryRun(server, surroundings.console()::message) : server;
    }

    /**
     * Builds what is not built and makes a release of it, or finds the one that is there.
     *
     * @throws FindingException RB600 to RB610 for server and fleet, RB620 to RB628 for what keeps the release from being
     *     made; what was begun on the server is closed
     */
    public static void deploy(
            RobotProject project, FleetAccess access, DeployRequest request, Surroundings surroundings)
            throws IOException, InterruptedException {
        checkVariant(project);
        checkNote(request);
        ApiServer server = access.login(surroundings.network(), surroundings.console()::message);
        Fleet fleet = access.fleet(server);
        Platform platform = platform(project, fleet);
        BuiltRobot built = Building.built(project, surroundings);
        Deploying deploying = new Deploying(project, request, surroundings, server, fleet);
        telling(server, () -> {
            deploying.deploy(built, platform);
            return true;
        });
    }

    private static void checkVariant(RobotProject project) {
        if (!project.variant().isNone()) {
            throw FindingException.input(Finding.error("RB622", "an overlay or tools are for the desk, not for a fleet")
                    .fix("leave out -Drosbalena.overlay and -Drosbalena.tools; mvn rosbalena:dev takes them"));
        }
    }

    private static void checkNote(DeployRequest request) {
        if (request.note().filter(note -> note.length() > LARGEST_NOTE).isPresent()) {
            throw FindingException.input(Finding.error("RB628", "the note of the release has more than 256 kB")
                    .fix("write what changed, and let it name where the rest stands"));
        }
    }

    /** The images for the fleet's devices. */
    private static Platform platform(RobotProject project, Fleet fleet) {
        List<Platform> platforms = Platforms.of(project.target());
        Optional<String> wanted = switch (fleet.architecture()) {
            case "aarch64" -> Optional.of("linux/arm64");
            case "amd64" -> Optional.of("linux/amd64");
            default -> Optional.empty();
        };
        return platforms.stream()
                .filter(platform -> wanted.filter(platform.toString()::equals).isPresent())
                .findFirst()
                .orElseThrow(() -> FindingException.input(Finding.error(
                                "RB620",
                                "the devices of " + fleet.slug() + " (" + fleet.deviceType() + ") are "
                                        + fleet.architecture() + ", and the robot is built for " + platforms)
                        .at("pom.xml")
                        .fix(wanted.map(name ->
                                        "add " + fleet.deviceType() + " to <deviceTypes>, or name another fleet")
                                .orElse("name another fleet: ROS 2 has no packages for these devices"))));
    }

    private void deploy(BuiltRobot built, Platform platform) throws IOException, InterruptedException {
        Map<String, Digest> images = built.images().getOrDefault(platform, Map.of());
        if (images.size() > 1 && !fleet.multicontainer()) {
            throw FindingException.input(Finding.error(
                            "RB626",
                            "the fleet " + fleet.slug() + " is of a kind that runs one service, and the robot has "
                                    + images.size())
                    .fix("change the fleet's type in the dashboard, or name another fleet"));
        }
        Path output = project.files().output();
        JsonValue report = Json.parse(Files.readAllBytes(output.resolve("build.json")));
        Path manifest = manifest(built, platform);
        Optional<SortedMap<String, Object>> contract = ReleaseContent.contract(report);
        ReleaseContent content = new ReleaseContent(
                Composition.read(project.files().show(manifest), Files.readAllBytes(manifest)),
                new TreeMap<>(images),
                contract,
                ReleaseContent.version(contract, project.version()));
        surroundings
                .console()
                .stage("Deploying to " + fleet.slug() + " on "
                        + server.url().uri().getHost());
        Optional<Release> same = Release.ofCommit(api, fleet, content.commit());
        if (same.isPresent()) {
            new SameRelease(api, fleet, same.get(), surroundings.console()).settle(request);
            return;
        }
        release(content, report, platform);
    }

    private void release(ReleaseContent content, JsonValue report, Platform platform)
            throws IOException, InterruptedException {
        List<EarlierRelease> earlier = EarlierRelease.of(api, fleet);
        EarlierBlobs blobs = EarlierBlobs.of(api, surroundings.registries(), earlier);
        Optional<EarlierRelease> running = earlier.stream()
                .filter(one ->
                        fleet.runs().filter(id -> id == one.release().id()).isPresent())
                .findFirst();
        Set<Digest> present = running.map(blobs::of).orElse(Set.of());
        surroundings
                .console()
                .message((request.draft() ? "draft " : "release ") + content.version() + ", commit " + content.commit()
                        + ":");
        new ReleasePlan(content, running, present, surroundings.store())
                .lines()
                .forEach(surroundings.console()::message);
        SortedMap<String, String> tags =
                ReleaseTags.of(project.files().directory(), report.get("lock").string(), request.pluginVersion());
        // A dry run has nothing to end on the server.
        ReleaseMaking.Closing closing = request.dryRun()
                ? new ReleaseMaking.Closing(api, api)
                : new ReleaseMaking.Closing(server, server.brief());
        ReleaseMaking making =
                new ReleaseMaking(api, closing, fleet, content, sizes(report, platform), blobs, surroundings);
        long id;
        try {
            id = making.make(request);
        } catch (ApiException e) {
            // The server has one release of a commit; somebody else may have made it meanwhile.
            Optional<Release> same = Release.ofCommit(api, fleet, content.commit());
            if (e.kind() != ApiException.Kind.RULE || same.isEmpty()) {
                throw e;
            }
            new SameRelease(api, fleet, same.get(), surroundings.console()).settle(request);
            return;
        }
        ReleaseTags.set(api, id, tags);
        if (request.note().isPresent()) {
            api.change(Query.of("release", id), Map.of("note", request.note().get()));
        }
        tellTheEnd(content, id);
    }

    private void tellTheEnd(ReleaseContent content, long id) throws IOException {
        String made = request.dryRun() ? "nothing was sent; it would be " : "made ";
        String what = (request.draft() ? "a draft of " : "release ") + content.version() + " of " + fleet.slug();
        if (request.draft()) {
            surroundings
                    .console()
                    .message(made + what + ", which no device takes; " + SameRelease.finalize(fleet, content.commit())
                            + " publishes it");
        } else if (request.pin() && !fleet.tracksLatest()) {
            fleet.pin(api, id);
            surroundings.console().message(made + what + "; the fleet is pinned to it");
        } else if (fleet.tracksLatest()) {
            surroundings.console().message(made + what + "; its devices take it when they next ask");
        } else {
            surroundings
                    .console()
                    .message(made + what + "; the fleet is pinned to another release: "
                            + SameRelease.rollback(fleet, content.commit()) + " pins it to this one");
        }
    }

    private static Map<String, Long> sizes(JsonValue report, Platform platform) throws IOException {
        Map<String, Long> sizes = new HashMap<>();
        for (Map.Entry<String, JsonValue> service :
                report.get("services").members().entrySet()) {
            Optional<JsonValue> image = service.getValue().get("platforms").find(platform.toString());
            if (image.isPresent() && image.get().find("size").isPresent()) {
                sizes.put(service.getKey(), image.get().get("size").number());
            }
        }
        return sizes;
    }

    private static Path manifest(BuiltRobot built, Platform platform) {
        Path other = built.outcome().otherManifests().get(platform.architecture());
        return other == null ? built.outcome().manifest() : other;
    }

    /** A registry's refusal is told here, all others where the calls are known. */
    private static void telling(ApiServer server, ApiFinding.Calls<Boolean> calls)
            throws IOException, InterruptedException {
        try {
            ApiFinding.telling(server, () -> {
                try {
                    return calls.make();
                } catch (RegistryException e) {
                    throw new FindingException(
                            FindingException.Kind.ENVIRONMENT,
                            List.of(Finding.error("RB627", "the fleet's registry refuses an image: " + e.getMessage())
                                    .fix("deploy again: what it has already is not sent a second time")),
                            e);
                }
            });
        } catch (InterruptedIOException e) {
            throw e;
        }
    }
}
