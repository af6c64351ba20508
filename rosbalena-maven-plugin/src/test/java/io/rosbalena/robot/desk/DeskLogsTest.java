package io.rosbalena.robot.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.device.Endpoint;
import io.rosbalena.device.StandInSupervisor;
import io.rosbalena.device.Supervisor;
import io.rosbalena.run.ServiceLog;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Following the logs of a device. */
class DeskLogsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final BlockingQueue<String> printed = new LinkedBlockingQueue<>();

    private FollowedLogs follow(StandInSupervisor supervisor, Set<String> services, boolean system) throws Exception {
        Supervisor client = new Supervisor(
                Endpoint.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), supervisor.port())),
                PATIENCE,
                PATIENCE);
        return FollowedLogs.begin(
                new DeskLogs(client, services, system, ServiceLog.prefixed(List.of("talker"), printed::add)));
    }

    private String next() throws InterruptedException {
        return printed.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void aConnectionThatEndsIsMadeAgain() throws Exception {
        try (StandInSupervisor supervisor = StandInSupervisor.withoutEngine();
                FollowedLogs logs = follow(supervisor, Set.of(), true)) {
            assertThat(next()).isEqualTo("Supervisor: Streaming logs");
            supervisor.service("talker", "one");
            assertThat(next()).isEqualTo("talker | one");
            supervisor.dropLogs();
            assertThat(next()).startsWith("device does not answer any more");
            assertThat(next()).startsWith("device answers again");
            assertThat(next()).isEqualTo("Supervisor: Streaming logs");
            supervisor.service("talker", "two");
            assertThat(next()).isEqualTo("talker | two");
            assertThat(logs).isNotNull();
        }
    }

    @Test
    void onlyWhatIsWantedIsPrinted() throws Exception {
        try (StandInSupervisor supervisor = StandInSupervisor.withoutEngine();
                FollowedLogs logs = follow(supervisor, Set.of("talker"), false)) {
            supervisor.system("Installing");
            supervisor.service("listener", "no");
            supervisor.service("talker", "y\u001b[2Jes\n");
            assertThat(next()).isEqualTo("talker | y\\x1b[2Jes");
            assertThat(logs).isNotNull();
        }
    }
}
