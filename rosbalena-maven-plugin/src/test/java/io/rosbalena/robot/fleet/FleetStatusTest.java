package io.rosbalena.robot.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rosbalena.balena.ApiToken;
import io.rosbalena.balena.ApiUrl;
import io.rosbalena.balena.standin.Fault;
import io.rosbalena.finding.FindingException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The goals {@code status}, {@code devices} and {@code fleet}: what they ask and what they print. */
class FleetStatusTest {
    private static final String OTHER = "c" + FleetOfTests.UUID.substring(1);

    @TempDir
    private Path folder;

    private FleetOfTests fleet;
    private long release;
    private long device;

    @BeforeEach
    void aFleetThatUpdates() throws IOException {
        fleet = FleetOfTests.in(folder);
        long before = fleet.release("aaaaaaa1", "1.0.0", "success", true);
        release = fleet.release("bbbbbbb2", "1.1.0", "success", true);
        fleet.api.set("application", fleet.fleet, "should_be_running__release", release);
        device = fleet.api.device(fleet.fleet, FleetOfTests.UUID, "happy-surf");
        fleet.api.set("device", device, "is_running__release", before);
        fleet.api.set("device", device, "is_online", true);
        fleet.api.set("device", device, "os_version", "balenaOS 6.5.1");
        fleet.api.set("device", device, "supervisor_version", "17.0.3");
        long other = fleet.api.device(fleet.fleet, OTHER, "bad\u001b[2Jname");
        fleet.api.set("device", other, "is_running__release", release);
        fleet.api.set("device", other, "is_pinned_on__release", release);
    }

    @AfterEach
    void close() throws IOException {
        fleet.close();
    }

    private String download(String service, Integer percent) {
        String location = "registry2/v2/" + service;
        Map<String, Object> image = new HashMap<>();
        image.put("start_timestamp", fleet.api.now());
        image.put("is_a_build_of__service", fleet.service(service));
        image.put("is_stored_at__image_location", location);
        image.put("status", "success");
        long id = fleet.api.add("image", image);
        fleet.api.add("image__is_part_of__release", Map.of("image", id, "is_part_of__release", release));
        Map<String, Object> install = new HashMap<>();
        install.put("device", device);
        install.put("installs__image", id);
        install.put("install_date", fleet.api.now());
        install.put("status", "Downloading");
        install.put("download_progress", percent);
        install.put("is_provided_by__release", release);
        fleet.api.add("image_install", install);
        return location;
    }

    private void say(String message) {
        fleet.api.log(FleetOfTests.UUID, message, 0, false);
    }

    private List<String> status() throws IOException, InterruptedException {
        FleetStatus.run(fleet.access(), fleet.surroundings(), fleet::print);
        return fleet.printed();
    }

    @Test
    void devicesAreCountedByReleaseAndDownloadsToldApart() throws Exception {
        String camera = download("camera", 0);
        String planner = download("planner", 45);
        String map = download("map", 7);
        download("web", null);
        say("Downloading delta for image '" + camera + "@sha256:00'");
        say("Delta still processing remotely. Will retry...");
        say("Downloading delta for image '" + planner + "@sha256:00'");
        say("Downloading image '" + map + "@sha256:00'");
        fleet.api.log(FleetOfTests.UUID, "Downloading image '" + planner + "@sha256:00'", 3, false);

        assertThat(status())
                .containsExactly(
                        "fleet acme/courier: 2 devices, tracks the latest release, 1.1.0 (bbbbbbb)",
                        "  1.0.0 (aaaaaaa)  1 device",
                        "  1.1.0 (bbbbbbb)  1 device  as meant",
                        "  bad\\x1b[2Jname (ce8cd34) is pinned to 1.1.0 (bbbbbbb)",
                        "  happy-surf (be8cd34) updates to 1.1.0 (bbbbbbb)",
                        "    camera waits for a delta that is being made",
                        "    planner downloads a delta, 45 %",
                        "    map downloads the whole image, 7 %",
                        "    web downloads",
                        "  offline: bad\\x1b[2Jname (ce8cd34)");
        assertThat(fleet.writes()).isEmpty();
    }

    @Test
    void adeltaThatCameIsNoLongerBeingMade() throws Exception {
        String camera = download("camera", 0);
        say("Downloading delta for image '" + camera + "@sha256:00'");
        assertThat(status()).contains("    camera downloads a delta, 0 %");
        say("Delta still processing remotely. Will retry...");
        assertThat(status()).contains("    camera waits for a delta that is being made");
        say("Downloaded image '" + camera + "@sha256:00'");
        say("Downloading image '" + camera + "@sha256:11'");
        assertThat(status()).contains("    camera downloads the whole image, 0 %");
    }

    @Test
    void devicesAreListed() throws Exception {
        DeviceList.run(fleet.access(), fleet.surroundings(), fleet::print);

        assertThat(fleet.printed())
                .containsExactly(
                        "NAME            UUID     STATE    RELEASE                   OS              SUPERVISOR  TYPE",
                        "bad\\x1b[2Jname  ce8cd34  offline  1.1.0 (bbbbbbb) (pinned)  -               -           raspberrypi4-64",
                        "happy-surf      be8cd34  online   1.0.0 (aaaaaaa)           balenaOS 6.5.1  17.0.3      raspberrypi4-64");
        assertThat(fleet.api.lines()).hasSize(3);
    }

    @Test
    void aFleetIsMadeOnceAndShown() throws Exception {
        for (int i = 0; i < 2; i++) {
            FleetShow.run(fleet.access("acme/Rover"), true, List.of("nuc"), fleet.surroundings(), fleet::print);
        }

        assertThat(fleet.writes())
                .containsExactly("POST /v7/application {\"app_name\":\"Rover\",\"is_for__device_type\":6,"
                        + "\"organization\":2,\"is_of__class\":\"fleet\"}");
        assertThat(fleet.printed())
                .contains(
                        "made the fleet acme/rover",
                        "the fleet acme/rover is there already",
                        "fleet        acme/rover",
                        "device type  intel-nuc (amd64)",
                        "devices      0",
                        "services     none yet",
                        "release      none yet, tracks the latest");
    }

    @Test
    void whatNoNewFleetCanBeIsToldBeforeItIsMade() throws Exception {
        refused("RB654 a new fleet needs a name", () -> make("courier", "raspberrypi5"));
        refused("RB653 a new fleet needs one device type, and there are 0", () -> make("acme/rover"));
        refused("RB653 balena has no device type rasberrypi5", () -> make("acme/rover", "rasberrypi5"));
        refused("RB701", () -> make("acme/rover", "raspberrypi3"));
        assertThat(fleet.api.requests()).isEmpty();
        refused("RB653 the server has no device type", () -> make("acme/rover", "jetson-nano"));
        refused("RB654 there is no organization nobody", () -> make("nobody/rover", "raspberrypi5"));
        refused(
                "RB654 the fleet acme/courier is there already, for raspberrypi4-64",
                () -> make("acme/courier", "raspberrypi5"));
        assertThat(fleet.writes()).isEmpty();
    }

    @Test
    void aLostAnswerMakesNoSecondFleet() throws Exception {
        fleet.api.plan((method, path, earlier) ->
                method.equals("POST") && earlier == 0 ? Fault.of(Fault.Kind.CUT_AFTER) : Fault.NONE);

        make("acme/rover", "raspberrypi5");

        assertThat(fleet.writes()).hasSize(1);
        assertThat(fleet.printed()).contains("made the fleet acme/rover");
    }

    @Test
    void whatIsWrongWithNameTokenOrNetworkIsTold() throws Exception {
        refused("RB609", () -> FleetStatus.run(fleet.access("acme/nothing"), fleet.surroundings(), fleet::print));
        refused("RB608", () -> FleetStatus.run(fleet.access(""), fleet.surroundings(), fleet::print));
        fleet.api.plan(
                (method, path, earlier) -> path.startsWith("/v7/device") ? Fault.of(Fault.Kind.GARBAGE) : Fault.NONE);
        refused("RB607", this::status);
        fleet.api.plan((method, path, earlier) -> Fault.NONE);
        fleet.withToken("wrong");
        refused("RB603", this::status);
        refused("RB603", () -> DeviceList.run(fleet.access(), fleet.surroundings(), fleet::print));
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        FleetAccess nobody = new FleetAccess(
                ApiUrl.parse("http://127.0.0.1:" + port),
                List.of(() -> Optional.of(ApiToken.of("a-token-of-tests", "the test"))),
                Optional.of("acme/courier"));
        assertThatExceptionOfType(FindingException.class)
                .isThrownBy(() -> FleetStatus.run(nobody, fleet.surroundings(), fleet::print))
                .satisfies(e -> {
                    assertThat(e.kind()).isEqualTo(FindingException.Kind.ENVIRONMENT);
                    assertThat(e.getMessage()).contains("RB50").doesNotContain("a-token-of-tests");
                });
    }

    private void make(String name, String... types) throws IOException, InterruptedException {
        FleetShow.run(fleet.access(name), true, List.of(types), fleet.surroundings(), fleet::print);
    }

    private interface Work {
        void run() throws Exception;
    }

    private static void refused(String text, Work work) {
        assertThatExceptionOfType(FindingException.class)
                .isThrownBy(work::run)
                .satisfies(e -> assertThat(e.getMessage()).contains(text));
    }
}
