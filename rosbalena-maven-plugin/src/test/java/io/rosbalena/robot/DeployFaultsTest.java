package io.rosbalena.robot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rosbalena.balena.standin.Fault;
import io.rosbalena.balena.standin.Fault.Kind;
import io.rosbalena.balena.standin.StandInApi;
import io.rosbalena.finding.FindingException;
import io.rosbalena.registry.LocalRegistry;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong on the way ends in one message and a closed release, and the same deploy can be run again. */
@Timeout(120)
class DeployFaultsTest {
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
    void aLostAnswerToAnyCallMakesNothingTwice() throws Exception {
        deployed.api.plan((method, path, earlier) -> earlier == 0 ? Fault.of(Kind.CUT_AFTER) : Fault.NONE);

        deployed.note("lost and found").deploy();

        assertThat(deployed.releases()).hasSize(1);
        assertThat(deployed.release()).containsEntry("status", "success").containsEntry("note", "lost and found");
        assertThat(deployed.api.rows("service")).hasSize(3);
        assertThat(deployed.api.rows("image"))
                .hasSize(3)
                .allSatisfy(row -> assertThat(row).containsEntry("status", "success"));
        assertThat(deployed.api.rows("image_label")).hasSize(1);
        assertThat(deployed.api.rows("image_environment_variable"))
                .extracting(row -> row.get("release_image") + "/" + row.get("name"))
                .doesNotHaveDuplicates()
                .isNotEmpty();
        assertThat(deployed.api.rows("release_tag"))
                .extracting(row -> row.get("tag_key"))
                .doesNotHaveDuplicates();
    }

    @Test
    void aBusyServerIsAskedAgain() throws Exception {
        List<Fault> faults = List.of(
                Fault.tooMany("0"),
                Fault.status(503),
                Fault.of(Kind.CUT_BEFORE),
                Fault.status(500),
                Fault.tooMany("Fri, 01 Jan 2021 00:00:00 GMT"));
        deployed.api.plan((method, path, earlier) -> earlier < faults.size() ? faults.get(earlier) : Fault.NONE);

        deployed.deploy();

        assertThat(deployed.releases()).hasSize(1);
        assertThat(deployed.release()).containsEntry("status", "success");
        assertThat(deployed.api.rows("image")).hasSize(3);
        // Nobody wonders for a minute why nothing moves.
        assertThat(deployed.robot.said())
                .anySatisfy(line ->
                        assertThat(line).matches(".*/actor/v1/whoami answered 429; attempt 2 follows in 0\\.0 s"))
                .anySatisfy(line ->
                        assertThat(line).matches(".*/actor/v1/whoami answered 503; attempt 3 follows in [0-9.]+ s"))
                .noneSatisfy(line -> assertThat(line).contains(StandInApi.TOKEN));
    }

    @Test
    void aReleaseThatIsTooLargeIsToldAndNotLeftOpen() {
        deployed.api.plan((method, path, earlier) ->
                (method + path).equals("POST/v7/release") ? Fault.of(Kind.HTML_413) : Fault.NONE);

        assertThatThrownBy(deployed::deploy)
                .isInstanceOf(FindingException.class)
                .hasMessageContaining("RB604")
                .hasMessageContaining("413")
                .hasMessageNotContaining("<html");
        assertThat(deployed.releases()).isEmpty();
    }

    @Test
    void whereSomebodyElseMadeTheSameReleaseMeanwhileTheirsCounts() throws Exception {
        deployed.api.plan((method, path, earlier) -> {
            if (method.equals("PATCH") && path.equals("/v7/release(1)") && earlier == 0) {
                deployed.api.add("release", theSame(deployed.release()));
            }
            return Fault.NONE;
        });

        deployed.deploy();

        assertThat(deployed.robot.said()).anyMatch(line -> line.contains("has this content already"));
        assertThat(deployed.releases()).extracting(row -> row.get("status")).containsExactly("failed", "success");
    }

    private Map<String, Object> theSame(Map<String, Object> release) {
        Map<String, Object> other = new HashMap<>(release);
        other.keySet().removeAll(List.of("id", "version", "raw_version"));
        other.put("belongs_to__application", deployed.fleet);
        other.put("status", "success");
        return other;
    }

    @Test
    void aTokenThatEndsInTheMiddleIsToldAndThatTheReleaseStaysOpen() {
        deployed.api.plan((method, path, earlier) -> {
            if (path.equals("/v7/image") && earlier == 0) {
                deployed.api.revoke(StandInApi.TOKEN);
            }
            return Fault.NONE;
        });

        assertThatThrownBy(deployed::deploy)
                .isInstanceOf(FindingException.class)
                .hasMessageContaining("RB603")
                .hasMessageContaining("401");
        assertThat(deployed.robot.said()).anyMatch(line -> line.contains("RB625"));
    }

    @Test
    void aServerThatStaysBrokenEndsTheReleaseAndTheNextDeploySucceeds() throws Exception {
        deployed.api.plan(
                (method, path, earlier) -> method.equals("PATCH") && path.startsWith("/v7/image(") && earlier < 7
                        ? Fault.status(502)
                        : Fault.NONE);

        assertThatThrownBy(deployed::deploy)
                .isInstanceOf(FindingException.class)
                .hasMessageContaining("answered 502");
        assertThat(deployed.release()).containsEntry("status", "failed");
        assertThat(deployed.api.rows("application").get(0).get("should_be_running__release"))
                .isNull();

        deployed.api.plan((method, path, earlier) -> Fault.NONE);
        deployed.deploy();

        assertThat(deployed.releases()).hasSize(2);
        assertThat(deployed.release()).containsEntry("status", "success");
    }

    @Test
    void aRegistryThatGoesAwayEndsTheReleaseAndTheNextDeploySucceeds() throws Exception {
        deployed.api.plan((method, path, earlier) -> {
            if (path.startsWith("/auth/v1/token")) {
                deployed.registry.close();
            }
            return Fault.NONE;
        });

        assertThatThrownBy(deployed::deploy)
                .isInstanceOf(FindingException.class)
                .hasMessageContaining(deployed.registry.host());
        assertThat(deployed.release()).containsEntry("status", "failed");
        assertThat(statuses()).containsOnly("failed");
        assertThat(deployed.api.rows("image"))
                .allSatisfy(row -> assertThat((String) row.get("error_message"))
                        .contains(deployed.registry.host())
                        .doesNotContain(StandInApi.TOKEN));

        deployed.api.plan((method, path, earlier) -> Fault.NONE);
        try (LocalRegistry other = LocalRegistry.withRealm(folder, deployed.api.realm(), deployed.api.certificate())) {
            deployed.api.storeImagesAt(other.host());
            deployed.deploy();
        }
        assertThat(deployed.release()).containsEntry("status", "success");
    }

    @Test
    void anAnswerThatIsNoneOfTheApiIsToldAsSuch() {
        deployed.api.plan((method, path, earlier) -> Fault.of(Kind.GARBAGE));

        assertThatThrownBy(deployed::deploy)
                .isInstanceOf(FindingException.class)
                .hasMessageContaining("RB607")
                .hasMessageContaining("proxy");
    }

    @Test
    void anAnswerWithoutEndIsNotRead() {
        deployed.api.plan(
                (method, path, earlier) -> path.startsWith("/v7/release?") ? Fault.of(Kind.ENDLESS) : Fault.NONE);

        assertThatThrownBy(deployed::deploy)
                .isInstanceOf(FindingException.class)
                .hasMessageContaining("more than the")
                .hasMessageContaining("bytes allowed");
    }

    @Test
    void aServerThatIsSlowIsWaitedForAndOneThatIsSilentIsGivenUp() throws Exception {
        deployed.robot.silence(Duration.ofMillis(400));
        deployed.api.plan((method, path, earlier) -> {
            if (method.equals("PATCH") && path.startsWith("/v7/image(")) {
                return Fault.of(Kind.SILENT);
            }
            return path.equals("/v7/release") ? Fault.slow(Duration.ofMillis(100)) : Fault.NONE;
        });

        assertThatThrownBy(deployed::deploy)
                .isInstanceOf(FindingException.class)
                .hasMessageContaining("no answer in time");
        assertThat(deployed.releases()).hasSize(1);
        assertThat(deployed.release()).containsEntry("status", "failed");
    }

    @Test
    void whoIsInterruptedCancelsTheRelease() {
        Thread deploying = Thread.currentThread();
        deployed.api.plan((method, path, earlier) -> {
            if (path.startsWith("/auth/v1/token")) {
                deploying.interrupt();
            }
            return Fault.NONE;
        });

        assertThatThrownBy(deployed::deploy).isInstanceOfAny(InterruptedIOException.class, InterruptedException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(deployed.release()).containsEntry("status", "cancelled");
        assertThat(statuses()).containsOnly("cancelled");
    }

    private Collection<Object> statuses() {
        return deployed.api.rows("image").stream()
                .map((Map<String, Object> row) -> row.get("status"))
                .toList();
    }
}
