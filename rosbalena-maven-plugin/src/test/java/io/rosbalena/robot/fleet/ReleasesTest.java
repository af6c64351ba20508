package io.rosbalena.robot.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rosbalena.finding.FindingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The goals {@code finalize} and {@code rollback}: what they ask, what they print, what they refuse. */
class ReleasesTest {
    private static final String FIRST = "aaaaaaa".concat("1".repeat(33));
    private static final String SECOND = "bbbbbbb".concat("2".repeat(33));
    private static final String DRAFT = "ccccccc".concat("3".repeat(33));

    @TempDir
    private Path folder;

    private FleetOfTests fleet;
    private long first;
    private long second;
    private long draft;

    @BeforeEach
    void aFleetWithReleases() throws IOException {
        fleet = FleetOfTests.in(folder);
        first = fleet.release(FIRST, "1.0.0", "success", true);
        second = fleet.release(SECOND, "1.1.0", "success", true);
        draft = fleet.release(DRAFT, "1.2.0", "success", false);
        fleet.api.set("application", fleet.fleet, "should_be_running__release", second);
    }

    @AfterEach
    void close() throws IOException {
        fleet.close();
    }

    private void finish(String name) throws IOException, InterruptedException {
        Finalizing.run(
                fleet.access(), Optional.of(name).filter(text -> !text.isEmpty()), fleet.surroundings(), fleet::print);
    }

    private void rollback(String device, String release, boolean track) throws IOException, InterruptedException {
        Rollback.run(
                fleet.access(),
                new Rollback.Request(
                        Optional.of(device).filter(text -> !text.isEmpty()),
                        Optional.of(release).filter(text -> !text.isEmpty()),
                        track),
                fleet.surroundings(),
                fleet::print);
    }

    @Test
    void theOnlyDraftBecomesFinalAndIsTracked() throws Exception {
        finish("");

        assertThat(fleet.writes()).containsExactly("PATCH /v7/release(3) {\"is_final\":true}");
        assertThat(fleet.printed()).hasSize(2).satisfies(lines -> {
            assertThat(lines.get(0)).matches("1\\.2\\.0-[0-9]{13} \\(ccccccc\\) is now final: 1\\.2\\.0 \\(ccccccc\\)");
            assertThat(lines.get(1)).isEqualTo("devices of acme/courier that are not pinned take it");
        });
        assertThat(fleet.api.rows("application").get(0))
                .containsEntry("should_be_running__release", Map.of("__id", draft));

        finish("1.2.0");
        finish("");

        assertThat(fleet.writes()).hasSize(1);
        assertThat(fleet.printed())
                .containsExactly(
                        "1.2.0 (ccccccc) is final already: there is nothing to do",
                        "fleet acme/courier has no draft: there is nothing to do");
    }

    @Test
    void ofSeveralDraftsOneMustBeNamed() throws Exception {
        fleet.release("ddddddd4", "1.3.0", "success", false);
        refused("RB650 2 releases are meant by a draft", "-Drosbalena.release=ddddddd4", () -> finish(""));

        finish("ddddddd");

        assertThat(fleet.writes()).containsExactly("PATCH /v7/release(4) {\"is_final\":true}");
    }

    @Test
    void releasesThatAreNoneAreTold() throws IOException {
        fleet.release("eeeeeee5", "1.4.0", "failed", true);
        refused("RB649 fleet acme/courier has no release 9.9.9", "seven digits", () -> finish("9.9.9"));
        refused("RB651 release eeeeeee came to nothing: its status is failed", "again", () -> finish("eeeeeee"));
        fleet.api.set("release", draft, "is_invalidated", true);
        refused("RB651", "withdrawn", () -> finish("ccccccc"));
        assertThat(fleet.writes()).isEmpty();
    }

    @Test
    void aFleetGoesBackAndThenTracksAgain() throws Exception {
        fleet.api.device(fleet.fleet, FleetOfTests.UUID, "happy-surf");
        long pinned = fleet.api.device(fleet.fleet, "c" + FleetOfTests.UUID.substring(1), "test-robot");
        fleet.api.set("device", pinned, "is_pinned_on__release", second);

        rollback("", "", false);

        assertThat(fleet.writes())
                .containsExactly("PATCH /v7/application(1)"
                        + " {\"should_be_running__release\":1,\"should_track_latest_release\":false}");
        assertThat(fleet.printed())
                .containsExactly(
                        "fleet acme/courier is pinned to 1.0.0 (aaaaaaa); it was meant to run 1.1.0 (bbbbbbb)",
                        "  1 device will run it; 1 device has one of its own",
                        "it no longer takes new releases; mvn rosbalena:rollback -Dfleet=acme/courier -Drosbalena.track"
                                + " lets it do so again");

        rollback("", "1.0.0", false);
        assertThat(fleet.printed())
                .containsExactly("fleet acme/courier is pinned to 1.0.0 (aaaaaaa) already: there is nothing to do");

        rollback("", "", true);
        rollback("", "", true);

        assertThat(fleet.writes())
                .hasSize(2)
                .endsWith("PATCH /v7/application(1)"
                        + " {\"should_track_latest_release\":true,\"should_be_running__release\":2}");
        assertThat(fleet.printed())
                .containsExactly(
                        "fleet acme/courier tracks the latest release, 1.1.0 (bbbbbbb)",
                        "  1 device will run it; 1 device has one of its own",
                        "fleet acme/courier tracks the latest release already, 1.1.0 (bbbbbbb): there is nothing to do");
    }

    @Test
    void aDeviceIsPinnedAlsoToADraftAndLetGo() throws Exception {
        fleet.api.device(fleet.fleet, FleetOfTests.UUID, "happy-surf");

        rollback("happy-surf", DRAFT, false);
        rollback("be8cd34", "1.0.0", false);
        rollback("happy-surf", "", true);
        rollback("happy-surf", "", true);

        assertThat(fleet.writes())
                .containsExactly(
                        "PATCH /v7/device(1) {\"is_pinned_on__release\":3}",
                        "PATCH /v7/device(1) {\"is_pinned_on__release\":1}",
                        "PATCH /v7/device(1) {\"is_pinned_on__release\":null}");
        assertThat(fleet.printed())
                .satisfies(lines -> assertThat(lines.get(0)).contains("it was meant to run 1.1.0 (bbbbbbb)"))
                .contains(
                        "device happy-surf (be8cd34) does as its fleet again: 1.1.0 (bbbbbbb)",
                        "device happy-surf (be8cd34) does as its fleet already: there is nothing to do");
    }

    @Test
    void whatCannotBeRunIsRefusedBeforeAnythingChanges() throws IOException {
        refused("RB651 release", "is a draft", () -> rollback("", "ccccccc", false));
        fleet.api.set("release", first, "is_invalidated", true);
        refused("RB651 release 1.0.0 (aaaaaaa)", "withdrawn", () -> rollback("", "aaaaaaa", false));
        refused("RB652 fleet acme/courier has no earlier release", "in the dashboard", () -> rollback("", "", false));
        refused("RB659 a release is named", "leave out", () -> rollback("", "aaaaaaa", true));
        refused("RB645 there is no device nobody", "mvn rosbalena:devices", () -> rollback("nobody", "", false));
        fleet.api.set("application", fleet.fleet, "should_be_running__release", null);
        refused("RB652 fleet acme/courier is not meant to run any", "", () -> rollback("", "previous", false));
        fleet.withToken("wrong");
        refused("RB603 balena does not take the token", "login", () -> rollback("", "", false));
        refused("RB603 balena does not take the token", "login", () -> finish(""));
        assertThat(fleet.writes()).isEmpty();
    }

    private interface Work {
        void run() throws Exception;
    }

    private static void refused(String text, String fix, Work work) {
        assertThatExceptionOfType(FindingException.class)
                .isThrownBy(work::run)
                .satisfies(e -> assertThat(e.getMessage()).contains(text, fix));
    }
}
