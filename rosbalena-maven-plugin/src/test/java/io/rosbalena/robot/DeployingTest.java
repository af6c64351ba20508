package io.rosbalena.robot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rosbalena.balena.standin.StandInApi;
import io.rosbalena.finding.FindingException;
import io.rosbalena.image.OciLayout;
import io.rosbalena.store.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deploying to a server that refuses what the real one refuses, and to the real registry with the server's tokens. */
class DeployingTest {
    @TempDir
    private Path folder;

    private DeployedRobot deployed;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        deployed = DeployedRobot.in(folder);
    }

    @AfterEach
    void close() throws IOException {
        deployed.close();
    }

    @Test
    void aReleaseHasTheImagesThatWereBuiltAndTheFleetTakesIt() throws Exception {
        deployed.note("first of all").deploy();

        assertThat(deployed.release())
                .containsEntry("status", "success")
                .containsEntry("is_final", true)
                .containsEntry("semver", "1.0.0")
                .containsEntry("note", "first of all");
        assertThat((String) deployed.release().get("commit")).matches("[0-9a-f]{40}");
        assertThat(deployed.api.rows("application").get(0).get("should_be_running__release"))
                .isEqualTo(Map.of("__id", deployed.release().get("id")));
        Map<String, Object> byHash = deployed.api.rows("image").stream()
                .collect(Collectors.toMap(
                        row -> (String) row.get("content_hash"), row -> row.get("is_stored_at__image_location")));
        for (OciLayout.Entry built : built()) {
            Object location = byHash.get(built.manifest().toString());
            assertThat(location).as(built.name()).isNotNull();
            String repository =
                    String.valueOf(location).substring(deployed.registry.host().length() + 1);
            Path there = deployed.registry.file(built.manifest());
            assertThat(there).hasSameBinaryContentAs(blob(built.manifest()));
            assertThat(repository).startsWith("v2/");
        }
        assertThat(deployed.api.rows("image"))
                .allSatisfy(row -> assertThat(row)
                        .containsEntry("status", "success")
                        .hasEntrySatisfying("push_timestamp", Objects::requireNonNull)
                        .hasEntrySatisfying(
                                "image_size",
                                size -> assertThat(Long.parseLong((String) size))
                                        .isPositive()));
        assertThat(deployed.api.rows("image_environment_variable"))
                .anySatisfy(row -> assertThat(row).containsEntry("name", "MODE").containsEntry("value", "fast"));
        assertThat(deployed.api.rows("release_tag"))
                .extracting(row -> row.get("tag_key"))
                .contains("rosbalena-lock", "rosbalena-version");
    }

    @Test
    void theSameAgainSendsNothing() throws Exception {
        deployed.deploy();
        deployed.api.forgetRequests();
        deployed.robot.said().clear();

        deployed.deploy();

        assertThat(deployed.changes()).isEmpty();
        assertThat(deployed.api.lines()).noneMatch(line -> line.contains("/auth/v1/token"));
        assertThat(deployed.robot.said()).anyMatch(line -> line.contains("nothing is sent. The fleet runs it"));
        assertThat(deployed.releases()).hasSize(1);
    }

    @Test
    void whereOneOfThreeServicesChangedOnlyItsNewLayerIsSent() throws Exception {
        deployed.deploy();
        deployed.robot.write("of-planner", "bold").said().clear();

        deployed.deploy();

        assertThat(deployed.releases()).hasSize(2);
        List<String> said = deployed.robot.said();
        assertThat(said).anyMatch(line -> line.matches(" +camera +unchanged"));
        assertThat(said).anyMatch(line -> line.matches(" +planner +[0-9]+ B fetched, then restarted"));
        assertThat(said).anyMatch(line -> line.matches(" +teleop +unchanged"));
        // The layer of files and the configuration that names it; all else is taken over from the release before.
        assertThat(said).anyMatch(line -> line.matches("planner: sent [0-9]+ (B|kB) in 2 blobs; from other images .*"));
        assertThat(said).anyMatch(line -> line.startsWith("camera: sent 0 B in 0 blobs"));
        assertThat(said).anyMatch(line -> line.startsWith("teleop: sent 0 B in 0 blobs"));
    }

    @Test
    void aChangedConfigurationAloneFetchesNothing() throws Exception {
        deployed.deploy();
        String compose = Files.readString(deployed.robot.file("docker-compose.yml"));
        deployed.robot.write("docker-compose.yml", compose.replace("MODE: fast", "MODE: slow"));

        deployed.deploy();

        assertThat(deployed.robot.said())
                .anyMatch(line -> line.matches(" +planner +restarted with another configuration; nothing to fetch"));
        assertThat(deployed.robot.said()).anyMatch(line -> line.startsWith("planner: sent 0 B in 0 blobs"));
    }

    @Test
    void aDraftIsTakenByNoDeviceUntilItIsFinal() throws Exception {
        deployed.draft(true).deploy();

        assertThat(deployed.release()).containsEntry("is_final", false).containsEntry("status", "success");
        assertThat(deployed.robot.said())
                .anyMatch(line -> line.contains("mvn rosbalena:finalize -Dfleet=acme/courier -Drosbalena.release="
                        + deployed.release().get("commit")));

        deployed.draft(false).deploy();

        assertThat(deployed.releases()).hasSize(1);
        assertThat(deployed.release()).containsEntry("is_final", true);
    }

    @Test
    void whatTheFleetDoesNotTrackIsSaidAndPinnedOnRequest() throws Exception {
        deployed.deploy();
        Object first = deployed.release().get("id");
        deployed.robot.write("of-planner", "bold");
        deployed.deploy();
        deployed.robot.write("of-planner", "careful");
        deployed.api.forgetRequests();

        deployed.deploy();

        assertThat(deployed.changes()).isEmpty();
        assertThat(deployed.robot.said())
                .anyMatch(line -> line.contains("The fleet does not run it: mvn rosbalena:rollback"));

        deployed.pin(true).deploy();

        assertThat(deployed.api.rows("application").get(0))
                .containsEntry("should_track_latest_release", false)
                .containsEntry("should_be_running__release", Map.of("__id", first));
    }

    @Test
    void anInvalidatedReleaseIsNotFoundAgainInSilence() throws Exception {
        deployed.deploy();
        deployed.api.set("release", (Long) deployed.release().get("id"), "is_invalidated", true);

        assertThatThrownBy(deployed::deploy)
                .isInstanceOf(FindingException.class)
                .hasMessageContaining("RB623");
    }

    @Test
    void aDryRunSendsNothingAndPrintsTheCalls() throws Exception {
        deployed.dryRun(true).deploy();

        assertThat(deployed.changes()).isEmpty();
        assertThat(deployed.releases()).isEmpty();
        assertThat(deployed.robot.said())
                .anyMatch(line -> line.startsWith("POST /v7/release {") && line.contains("\"commit\":\""))
                .anyMatch(line -> line.startsWith("POST /v7/image {"))
                .anyMatch(line -> line.startsWith("PATCH /v7/release(-1) {\"status\":\"success\""))
                .anyMatch(line -> line.startsWith("POST /v7/release_tag {"));
    }

    @Test
    void aBadTokenIsToldAsSuch() {
        deployed.token("no-longer-valid");

        assertThatThrownBy(deployed::deploy)
                .isInstanceOf(FindingException.class)
                .hasMessageContaining("RB603")
                .hasMessageContaining("rosbalena:login")
                .hasMessageNotContaining("no-longer-valid");
    }

    @Test
    void aNameOfSeveralFleetsIsRefused() {
        deployed.api.fleet("other/courier", "generic-amd64");
        deployed.named("courier");

        assertThatThrownBy(deployed::deploy)
                .isInstanceOf(FindingException.class)
                .hasMessageContaining("RB610")
                .hasMessageContaining("-Dfleet=acme/courier, -Dfleet=other/courier");
    }

    @Test
    void aFleetOfStrangersIsNotThere() {
        deployed.api.strangersFleet("strangers/fleet", "generic-amd64");
        deployed.named("strangers/fleet");

        assertThatThrownBy(deployed::deploy)
                .isInstanceOf(FindingException.class)
                .hasMessageContaining("RB609");
    }

    @Test
    void devicesOfAnotherArchitectureAreToldBeforeAnythingIsBuilt() {
        deployed.api.fleet("acme/pis", "raspberrypi4-64");
        deployed.named("acme/pis");

        assertThatThrownBy(deployed::deploy)
                .isInstanceOf(FindingException.class)
                .hasMessageContaining("RB620")
                .hasMessageContaining("aarch64");
        assertThat(deployed.robot.said()).noneMatch(line -> line.startsWith("Resolving"));
    }

    @Test
    void aFleetOfOneServiceTakesNoRobotWithThree() {
        deployed.api.set("application", deployed.fleet, "application_type", 2L);

        assertThatThrownBy(deployed::deploy)
                .isInstanceOf(FindingException.class)
                .hasMessageContaining("RB626");
        assertThat(deployed.releases()).isEmpty();
    }

    @Test
    void aVariantForTheDeskStaysThere() {
        deployed.robot.tools(true);

        assertThatThrownBy(deployed::deploy)
                .isInstanceOf(FindingException.class)
                .hasMessageContaining("RB622");
        assertThat(deployed.api.requests()).isEmpty();
    }

    @Test
    void noOutputShowsTheToken() throws Exception {
        deployed.deploy();
        deployed.robot.write("of-planner", "bold");
        deployed.dryRun(true).deploy();

        assertThat(deployed.robot.said()).noneMatch(line -> line.contains(StandInApi.TOKEN));
    }

    private List<OciLayout.Entry> built() throws IOException {
        return new OciLayout(deployed.robot.file("target/rosbalena/images")).read();
    }

    private Path blob(Digest digest) {
        return deployed.robot.file("target/rosbalena/images/blobs/sha256").resolve(digest.hex());
    }
}
