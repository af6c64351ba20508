package io.rosbalena.robot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rosbalena.finding.FindingException;
import io.rosbalena.image.ImageManifest;
import io.rosbalena.image.OciLayout;
import io.rosbalena.json.Json;
import io.rosbalena.json.JsonValue;
import io.rosbalena.registry.ImageName;
import io.rosbalena.registry.LocalRegistry;
import io.rosbalena.registry.Login;
import io.rosbalena.robot.publishing.Publishing;
import io.rosbalena.store.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pushing a whole robot to the real registry of CNCF distribution, compared with what skopeo finds there. */
class PublishingTest {
    private static final String TWO_SERVICES = String.join(
            "\n",
            "services:",
            "  talker:",
            "    command: [hello]",
            "    x-rosbalena:",
            "      apt: [hello]",
            "  other:",
            "    command: [hello, again]",
            "    x-rosbalena:",
            "      apt: [hello]",
            "      files: [\"extra:/extra\"]",
            "");

    @TempDir
    private Path folder;

    private SmallRobot robot;

    @BeforeEach
    void makeARobot() throws IOException {
        robot = SmallRobot.in(folder).write("docker-compose.yml", TWO_SERVICES).write("extra", "for one alone");
    }

    @Test
    void eachServiceStandsUnderTheVersionWithTheBytesThatWereBuilt() throws Exception {
        try (LocalRegistry registry = LocalRegistry.open(folder)) {
            SortedMap<String, ImageName> pushed = push(registry.host() + "/team/robot");

            assertThat(pushed).containsOnlyKeys("other", "talker");
            for (OciLayout.Entry built : built()) {
                ImageName name = pushed.get(built.name());
                assertThat(name)
                        .hasToString(registry.host() + "/team/robot/" + built.name() + ":1@" + built.manifest());
                assertThat(robot.said()).contains(name.toString());
                assertThat(raw(registry, "team/robot/" + built.name() + ":1"))
                        .isEqualTo(Files.readAllBytes(blob(built.manifest())));
            }
        }
    }

    @Test
    void whatSkopeoCopiesBackIsWhatWasBuilt() throws Exception {
        try (LocalRegistry registry = LocalRegistry.open(folder)) {
            push(registry.host() + "/robot-{service}:latest");

            for (OciLayout.Entry built : built()) {
                Path back = folder.resolve("back-" + built.name());
                registry.skopeo(
                        "copy",
                        "--src-tls-verify=false",
                        "docker://" + registry.host() + "/robot-" + built.name() + ":latest",
                        "oci:" + back + ":x");
                ImageManifest manifest = ImageManifest.parse(Files.readAllBytes(blob(built.manifest())));
                for (Digest blob : List.of(
                        built.manifest(),
                        manifest.config().digest(),
                        manifest.layers().get(0).digest())) {
                    assertThat(back.resolve("blobs/sha256").resolve(blob.hex())).hasSameBinaryContentAs(blob(blob));
                }
            }
        }
    }

    @Test
    void aSecondPushSendsNothing() throws Exception {
        try (LocalRegistry registry = LocalRegistry.open(folder)) {
            push(registry.host() + "/robot");
            assertThat(robot.said()).anyMatch(line -> line.matches("sent .* in [1-9][0-9]* blobs; 0 were there, .*"));
            robot.said().clear();

            push(registry.host() + "/robot");

            assertThat(robot.said())
                    .anyMatch(line -> line.matches("sent 0 B in 0 blobs; [0-9]+ were there, 0 came .*"));
        }
    }

    @Test
    void forSeveralPlatformsTheTagLeadsToAnIndex() throws Exception {
        robot.forTwoPlatforms();
        try (LocalRegistry registry = LocalRegistry.open(folder)) {
            SortedMap<String, ImageName> pushed = push(registry.host() + "/robot");

            byte[] index = raw(registry, "robot/talker:1");
            assertThat(Digest.of(index)).isEqualTo(pushed.get("talker").digest().orElseThrow());
            List<JsonValue> manifests = Json.parse(index).get("manifests").items();
            assertThat(manifests).hasSize(2);
            for (OciLayout.Entry built : built()) {
                registry.skopeo(
                        "--override-arch",
                        built.platform().architecture(),
                        "copy",
                        "--src-tls-verify=false",
                        "docker://" + registry.host() + "/robot/" + built.name() + ":1",
                        "oci:" + folder.resolve("one") + ":" + built.name()
                                + built.platform().architecture());
                assertThat(folder.resolve("one/blobs/sha256")
                                .resolve(built.manifest().hex()))
                        .hasSameBinaryContentAs(blob(built.manifest()));
            }
        }
    }

    @Test
    void aLoginThatMayNotWriteIsTold() throws Exception {
        try (LocalRegistry registry = LocalRegistry.withLogin(folder)) {
            robot.logins((host, repository) -> Optional.of(Login.password("robot", "guess")));
            assertThatThrownBy(() -> push(registry.host() + "/robot"))
                    .isInstanceOfSatisfying(
                            FindingException.class, e -> assertThat(e.kind()).isEqualTo(FindingException.Kind.INPUT))
                    .hasMessageContaining("RB684")
                    .hasMessageContaining(registry.host())
                    .hasMessageNotContaining("guess");

            robot.logins((host, repository) -> Optional.of(Login.password("robot", "secret")));
            assertThat(push(registry.host() + "/robot")).hasSize(2);
        }
    }

    @Test
    void whatIsNoDestinationIsToldBeforeAnythingIsBuilt() {
        assertThatThrownBy(() -> Publishing.push(robot.robotProject(), Optional.empty(), robot.surroundings()))
                .hasMessageContaining("RB680");
        assertThatThrownBy(() -> push("registry.example.com/robot:no tag")).hasMessageContaining("RB681");
        assertThatThrownBy(() -> push("registry.example.com/Team/robot")).hasMessageContaining("RB510");
        assertThatThrownBy(() -> push("team/robot"))
                .hasMessageContaining("RB682")
                .hasMessageContaining("Docker Hub");
        assertThat(robot.file("target")).doesNotExist();
    }

    @Test
    void offlineNothingIsPushed() {
        robot.offline();
        assertThatThrownBy(() -> push("registry.example.com/robot")).hasMessageContaining("RB683");
    }

    private SortedMap<String, ImageName> push(String to) throws IOException, InterruptedException {
        return Publishing.push(robot.robotProject(), Optional.of(to), robot.surroundings());
    }

    private List<OciLayout.Entry> built() throws IOException {
        return new OciLayout(robot.file("target/rosbalena/images")).read();
    }

    private Path blob(Digest digest) {
        return robot.file("target/rosbalena/images/blobs/sha256").resolve(digest.hex());
    }

    private static byte[] raw(LocalRegistry registry, String reference) throws IOException, InterruptedException {
        return registry.output(
                "inspect", "--raw", "--tls-verify=false", "docker://" + registry.host() + "/" + reference);
    }
}
