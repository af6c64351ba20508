package io.rosbalena.robot.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rosbalena.device.shell.LocalSshd;
import io.rosbalena.device.shell.Target;
import io.rosbalena.finding.FindingException;
import io.rosbalena.robot.desk.Executing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way to a device of a fleet, and what a real sshd in the proxy's place hears. */
class FleetShellTest {
    @TempDir
    private Path folder;

    private FleetOfTests fleet;

    @BeforeEach
    void aDevice() throws IOException {
        fleet = FleetOfTests.in(folder);
        fleet.api.device(fleet.fleet, FleetOfTests.UUID, "happy-surf");
    }

    @AfterEach
    void close() throws IOException {
        fleet.close();
    }

    private Target target(String device, String proxy) throws IOException, InterruptedException {
        return FleetShell.target(fleet.access(), device, Optional.of(proxy), fleet.surroundings());
    }

    private void key() {
        fleet.api.add("user__has__public_key", Map.of("user", 2, "title", "laptop", "public_key", "ssh-ed25519 AAAA"));
    }

    @Test
    void theProxyIsAskedAsTheUserForTheDevice() throws Exception {
        key();

        assertThat(target("happy-surf", "ssh.example.com"))
                .isEqualTo(new Target("admin", "ssh.example.com", 22, List.of("host", FleetOfTests.UUID)));
        assertThat(target("be8cd34", "ssh.example.com:2222").port()).isEqualTo(2222);
    }

    @Test
    void whatKeepsSomebodyOutIsToldBeforeSshIsStarted() {
        refused("RB658 the account admin has no SSH key", () -> target("happy-surf", "ssh.example.com"));
        refused("RB645", () -> target("nobody", "ssh.example.com"));
        refused("RB659", () -> target("happy-surf", "-oProxyCommand=x"));
        fleet.withToken("wrong");
        refused("RB603", () -> target("happy-surf", "ssh.example.com"));
    }

    @Test
    void aCommandReachesTheServiceThroughTheProxysWords() throws Exception {
        key();
        Path sshdFolder = Files.createDirectory(folder.resolve("sshd"));
        Path proxy = sshdFolder.resolve("bin/proxy");
        try (LocalSshd sshd = LocalSshd.start(sshdFolder, "ForceCommand " + proxy)) {
            Path heard = folder.resolve("heard");
            // As balena's proxy does: host, a uuid, and the rest for a shell of the device.
            sshd.program(
                    "proxy",
                    "rest=${SSH_ORIGINAL_COMMAND#host }",
                    "echo \"${rest%% *}\" >> " + heard,
                    "exec sh -c \"${rest#* }\"");
            sshd.program(
                    "balena-engine",
                    "if [ \"$1\" = ps ]; then echo 0123456789ab planner_1_2_abc; else echo \"$@\" >> " + heard
                            + "; fi");
            Target target = target("happy-surf", "127.0.0.1:" + sshd.target().port());

            Executing.exec(
                    new Target("root", target.host(), target.port(), target.prefix()),
                    new Executing.Request(
                            Optional.of("planner"), Optional.of("ros2 node list"), Optional.of(sshd.identity()), false),
                    folder.resolve("keys"));

            assertThat(heard)
                    .hasContent(String.join(
                            "\n", FleetOfTests.UUID, FleetOfTests.UUID, "exec -i 0123456789ab ros2 node list"));
        }
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
