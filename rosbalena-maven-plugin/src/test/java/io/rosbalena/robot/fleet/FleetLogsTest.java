package io.rosbalena.robot.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rosbalena.balena.standin.Fault;
import io.rosbalena.finding.FindingException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The logs of a device of a fleet: what was before, what comes, and what a break does not take away. */
class FleetLogsTest {
    private static final String UUID = FleetOfTests.UUID;

    @TempDir
    private Path folder;

    private FleetOfTests fleet;
    private long talker;
    private long camera;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final AtomicReference<Exception> end = new AtomicReference<>();
    private Thread following;

    @BeforeEach
    void aDeviceThatPrinted() throws IOException {
        fleet = FleetOfTests.in(folder);
        talker = fleet.service("talker");
        camera = fleet.service("camera");
        fleet.api.device(fleet.fleet, UUID, "happy-surf");
        fleet.api.log(UUID, "Starting service", 0, false);
        fleet.api.log(UUID, "one", talker, false);
    }

    @AfterEach
    void close() throws Exception {
        if (following != null) {
            following.interrupt();
            following.join(20_000);
            assertThat(following.isAlive()).isFalse();
            assertThat(end.get()).isInstanceOfAny(InterruptedException.class, InterruptedIOException.class);
        }
        fleet.close();
    }

    private void follow(boolean system, String... services) {
        following = new Thread(() -> {
            try {
                FleetLogs.follow(
                        fleet.access(),
                        Optional.of("happy-surf"),
                        List.of(services),
                        system,
                        fleet.surroundings(),
                        lines::add);
            } catch (IOException | InterruptedException | RuntimeException e) {
                end.set(e);
            }
        });
        following.start();
    }

    private String next() throws InterruptedException {
        String line = lines.poll(20, TimeUnit.SECONDS);
        return line == null ? "nothing, but " + end.get() : line;
    }

    @Test
    void whatWasComesFirstAndEachServiceHasItsPrefix() throws Exception {
        follow(true);

        assertThat(next()).isEqualTo("Supervisor: Starting service");
        assertThat(next()).isEqualTo("talker | one");
        fleet.api.streams().heartbeat();
        fleet.api.log(UUID, "two\u001b[2J", camera, true);
        assertThat(next()).isEqualTo("camera | two\\x1b[2J");
        fleet.api.log(UUID, "three", 77, false);
        assertThat(next()).isEqualTo("service 77 | three");
    }

    @Test
    void onlyWhatIsAskedForIsShown() throws Exception {
        follow(false, "camera");
        fleet.api.log(UUID, "of talker", talker, false);
        fleet.api.log(UUID, "of camera", camera, false);

        assertThat(next()).isEqualTo("camera | of camera");
    }

    @Test
    void aBreakLosesNothingAndRepeatsNothing() throws Exception {
        follow(false);
        assertThat(next()).isEqualTo("talker | one");
        fleet.api.plan((method, path, earlier) -> {
            if (path.contains("stream=1") && earlier == 1) {
                fleet.api.log(UUID, "meanwhile", talker, false);
                return Fault.status(503);
            }
            return Fault.NONE;
        });
        fleet.api.streams().cut();

        assertThat(next()).isEqualTo("server does not answer any more; trying again until Ctrl-C");
        assertThat(next()).isEqualTo("server answers again");
        assertThat(next()).isEqualTo("talker | meanwhile");
        fleet.api.log(UUID, "after", talker, false);
        assertThat(next()).isEqualTo("talker | after");
    }

    @Test
    void devicesAndServicesThatAreNotThereAreTold() {
        refused(
                "RB690",
                () -> FleetLogs.follow(
                        fleet.access(), Optional.empty(), List.of(), false, fleet.surroundings(), lines::add));
        refused(
                "RB645",
                () -> FleetLogs.follow(
                        fleet.access(), Optional.of("other"), List.of(), false, fleet.surroundings(), lines::add));
        refused(
                "RB647 the fleet has no service planner",
                () -> FleetLogs.follow(
                        fleet.access(),
                        Optional.of(UUID),
                        List.of("planner"),
                        false,
                        fleet.surroundings(),
                        lines::add));
        fleet.withToken("wrong");
        refused(
                "RB603",
                () -> FleetLogs.follow(
                        fleet.access(), Optional.of(UUID), List.of(), false, fleet.surroundings(), lines::add));
        assertThat(lines).isEmpty();
    }

    @Test
    void anAddressMeansTheDeskUnlessAFleetIsNamed() {
        assertThat(FleetLogs.takes(fleet.access(""), Optional.of("192.168.1.5")))
                .isFalse();
        assertThat(FleetLogs.takes(fleet.access(""), Optional.of("rover.local")))
                .isFalse();
        assertThat(FleetLogs.takes(fleet.access(""), Optional.of("be8cd34"))).isTrue();
        assertThat(FleetLogs.takes(fleet.access("acme/courier"), Optional.of("rover")))
                .isTrue();
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
