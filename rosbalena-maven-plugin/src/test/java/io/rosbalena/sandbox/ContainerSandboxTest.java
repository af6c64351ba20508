package io.rosbalena.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rosbalena.RealTool;
import io.rosbalena.finding.FindingException;
import io.rosbalena.sandbox.SandboxCommand.Bind;
import io.rosbalena.store.BlobStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs commands in containers of a real podman, with a store of its own. */
class ContainerSandboxTest {
    private static Path home;
    private static ContainerTool podman;

    @TempDir
    private Path folder;

    private Path root;
    private final List<String> lines = new ArrayList<>();

    @BeforeAll
    static void setUpPodman() throws IOException, InterruptedException {
        User.assumeRoot();
        RealTool.require("podman", "runc");
        // Not in a folder of the test: podman's paths are short.
        home = Files.createTempDirectory("podman");
        podman = new ContainerTool(
                "podman",
                List.of(
                        "podman",
                        "--root=" + home.resolve("data"),
                        "--runroot=" + home.resolve("run"),
                        "--runtime=runc",
                        "--cgroup-manager=cgroupfs",
                        "--events-backend=file",
                        "--tmpdir=" + home.resolve("tmp")),
                List.of("--ulimit=nofile=1024:1024", "--ulimit=nproc=1024:1024"));
        Optional<Refusal> refusal = podman.probe();
        Assumptions.assumeTrue(refusal.isEmpty(), () -> "skipped: " + refusal);
    }

    @AfterAll
    static void removePodman() throws IOException, InterruptedException {
        if (home != null) {
            podman.said(List.of("system", "reset", "--force"));
            RealTool.run(Path.of("/"), "rm", "-rf", home.toString());
        }
    }

    @BeforeEach
    void unpackTheRoot() throws Exception {
        root = BusyboxRoot.unpack(BlobStore.open(folder.resolve("a store, with a comma")));
    }

    private int run(List<Bind> binds, String... arguments) throws IOException, InterruptedException {
        return new ContainerSandbox(podman)
                .run(
                        new SandboxCommand(
                                root, binds, "/", Map.of("PATH", "/bin", "A", "ä 'b' $c"), List.of(arguments)),
                        lines::add);
    }

    @Test
    void theViewInsideIsThatOfTheOtherWays() throws Exception {
        int status = run(
                List.of(),
                "sh",
                "-c",
                "id -u; umask; pwd; env; hostname; grep -c : /proc/net/dev; tty; cat; stat -c '%u %a' /etc/passwd;"
                        + " grep -E 'CapEff|NoNewPrivs' /proc/self/status");
        assertThat(status).isZero();
        assertThat(lines)
                .contains("0", "0022", "/", "A=ä 'b' $c", "rosbalena", "1", "not a tty", "0 644")
                .contains("CapEff:\t0000000000000000", "NoNewPrivs:\t1")
                .noneMatch(line -> line.startsWith("HOME=") || line.startsWith("container="));
    }

    @Test
    void sourcesAreReadAndResultsBelongToTheCaller() throws Exception {
        Path in = Files.createDirectory(folder.resolve("in, with a comma"));
        Path out = Files.createDirectory(folder.resolve("out"));
        Files.writeString(in.resolve("a b.txt"), "Grüße\n");
        int status = run(
                List.of(new Bind(in, "/in", false), new Bind(out, "/tür", true)),
                "sh",
                "-c",
                "cat '/in/a b.txt' > /tür/c; cp /bin/busybox /tmp/env; /tmp/env > /dev/null || exit 3;"
                        + " echo no > /in/x; echo no > /x");

        assertThat(status).isNotZero().isNotEqualTo(3);
        assertThat(out.resolve("c")).hasContent("Grüße\n");
        assertThat(Files.getOwner(out.resolve("c"))).isEqualTo(Files.getOwner(out));
        assertThat(in.resolve("x")).doesNotExist();
        assertThat(root.resolve("x")).doesNotExist();
    }

    @Test
    void statusesAndSignalsComeOutAsElsewhere() throws Exception {
        assertThat(run(List.of(), "sh", "-c", "exit 7")).isEqualTo(7);
        assertThat(run(List.of(), "sh", "-c", "kill -ABRT $$")).isEqualTo(134);
        assertThat(run(List.of(), "no-such-program")).isEqualTo(127);
    }

    @Test
    void anInterruptedCallLeavesNoContainer() throws Exception {
        List<Throwable> ended = new ArrayList<>();
        Thread thread = new Thread(() -> {
            try {
                new ContainerSandbox(podman)
                        .run(
                                new SandboxCommand(
                                        root, List.of(), "/", Map.of("PATH", "/bin"), List.of("sleep", "1000")),
                                line -> {});
            } catch (IOException | InterruptedException | RuntimeException e) {
                ended.add(e);
            }
        });
        thread.start();
        while (podman.said(List.of("ps", "--quiet")).text().isBlank()) {
            assertThat(thread.isAlive()).as(() -> ended.toString()).isTrue();
            Thread.onSpinWait();
        }
        thread.interrupt();
        thread.join();

        assertThat(ended).hasOnlyElementsOfType(InterruptedException.class).hasSize(1);
        assertThat(podman.said(List.of("ps", "--all", "--quiet")).text()).isBlank();
    }

    @Test
    void theImageOfARootIsLoadedOnce() throws Exception {
        run(List.of(), "true");
        String images = podman.said(List.of("images", "--quiet", "--no-trunc")).text();
        run(List.of(), "true");

        assertThat(podman.said(List.of("images", "--quiet", "--no-trunc")).text())
                .isEqualTo(images)
                .isNotBlank();
    }

    @Test
    void aToolThatDoesNotWorkIsToldWithWhatItSays() throws Exception {
        ContainerTool broken =
                new ContainerTool("docker", List.of("docker", "--host=unix:///nowhere/docker.sock"), List.of());
        RealTool.require("docker");
        assertThat(broken.probe())
                .hasValueSatisfying(refusal -> assertThat(refusal.reason()).contains("/nowhere/docker.sock"));

        FindingException e = catchThrowableOfType(
                FindingException.class,
                () -> new ContainerSandbox(broken)
                        .run(new SandboxCommand(root, List.of(), "/", Map.of(), List.of("true")), lines::add));
        assertThat(e.getMessage()).contains("RB480", "docker cannot load the build root");
    }
}
