package io.rosbalena.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rosbalena.finding.FindingException;
import io.rosbalena.sandbox.SandboxCommand.Bind;
import io.rosbalena.store.BlobStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SandboxTest {
    private static Sandbox open(Way way) throws IOException, InterruptedException {
        if (way != Way.USER_NAMESPACE) {
            User.assumeRoot();
        }
        Optional<Refusal> refusal = way.probe();
        Assumptions.assumeTrue(refusal.isEmpty(), () -> "skipped: " + refusal.orElseThrow());
        return Sandboxes.by(way);
    }

    @TempDir
    Path folder;

    private Path root;
    private final List<String> lines = new ArrayList<>();

    @BeforeEach
    void unpackTheRoot() throws Exception {
        root = BusyboxRoot.unpack(BlobStore.open(folder.resolve("größe des Ladens")));
    }

    private int run(Way way, List<Bind> binds, String... arguments) throws Exception {
        return open(way)
                .run(
                        new SandboxCommand(
                                root, binds, "/", Map.of("PATH", "/bin", "A", "ä 'b' $c"), List.of(arguments)),
                        lines::add);
    }

    @ParameterizedTest
    @EnumSource
    void theViewInsideIsTheSame(Way way) throws Exception {
        int status = run(
                way,
                List.of(),
                "sh",
                "-c",
                "id -u; umask; pwd; env | grep A=; ls -A /dev; stat -c '%u %a %Y' /etc/passwd; tty; cat; echo $?");
        assertThat(status).isEqualTo(0);
        assertThat(lines)
                .containsExactly(
                        "0",
                        "0022",
                        "/",
                        "A=ä 'b' $c",
                        "fd",
                        "full",
                        "null",
                        "ptmx",
                        "pts",
                        "random",
                        "shm",
                        "stderr",
                        "stdin",
                        "stdout",
                        "tty",
                        "urandom",
                        "zero",
                        "0 644 946684800",
                        "not a tty",
                        "0");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ROOT_WITHOUT_MOUNTS")
    void namespacesHideTheMachinesNameProcessesAndNetwork(Way way) throws Exception {
        run(way, List.of(), "sh", "-c", "hostname; set -- /proc/[0-9]*; echo $#; grep -c : /proc/net/dev");
        assertThat(lines).containsExactly("rosbalena", "2", "1");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ROOT_WITHOUT_MOUNTS")
    void thereAreNoMoreProcessesThanCompilersNeed(Way way) throws Exception {
        run(way, List.of(), "grep", "Max processes", "/proc/self/limits");
        assertThat(lines).hasSize(1);
        assertThat(lines.get(0).split(" +")[3])
                .matches("[0-9]+")
                .satisfies(hard -> assertThat(Integer.parseInt(hard)).isBetween(1, 16384));
    }

    @ParameterizedTest
    @EnumSource
    void sourcesAreReadAndResultsAreWritten(Way way) throws Exception {
        Path in = Files.createDirectory(folder.resolve("Quelle mit Leerzeichen"));
        Path out = Files.createDirectory(folder.resolve("Ergebnis übrig"));
        Files.writeString(in.resolve("a b.txt"), "Grüße\n");
        Files.writeString(out.resolve("old"), "");
        int status = run(
                way,
                List.of(new Bind(in, "/in", false), new Bind(out, "/tür", true)),
                "sh",
                "-c",
                "cat '/in/a b.txt' > /tür/c; rm /tür/old; mkdir /tür/d; ln -s c /tür/link; echo no > /in/x; echo no > /x; mount -t tmpfs none /out");
        assertThat(status).isNotZero();
        if (way != Way.ROOT_WITHOUT_MOUNTS) {
            assertThat(lines).hasSize(3);
            assertThat(lines.get(0)).contains("/in/x", "Read-only file system");
            assertThat(lines.get(1)).contains("/x", "Read-only file system");
        }
        assertThat(lines.get(lines.size() - 1)).contains("mount");
        assertThat(out.resolve("old")).doesNotExist();
        assertThat(out.resolve("link")).isSymbolicLink();
        assertThat(out.resolve("c")).hasContent("Grüße\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(out.resolve("d"))))
                .isEqualTo("rwxr-xr-x");
        assertThat(Files.list(in)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void aFolderIsItselfInsideOrACopyAsTheWaySays(Way way) throws Exception {
        Path in = Files.createDirectory(folder.resolve("in"));

        assertThat(run(way, List.of(new Bind(in, "/in", true)), "sh", "-c", "ls -di /in"))
                .isZero();

        String there = Files.getAttribute(in, "unix:ino") + " /in";
        assertThat(lines)
                .singleElement()
                .satisfies(line -> assertThat(line.strip().equals(there))
                        .isEqualTo(open(way).showsFolders()));
    }

    @ParameterizedTest
    @EnumSource
    void theExitStatusIsTheCommands(Way way) throws Exception {
        Map<String, Integer> expected =
                Map.of("exit 0", 0, "exit 3", 3, "kill -SEGV $$", 139, "kill -KILL $$", 137, "kill -ABRT $$", 134);
        for (Map.Entry<String, Integer> each : expected.entrySet()) {
            assertThat(run(way, List.of(), "sh", "-c", each.getKey())).isEqualTo(each.getValue());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aProgramThatIsNotThereIs127(Way way) throws Exception {
        assertThat(run(way, List.of(), "gibt's nicht")).isEqualTo(127);
        assertThat(String.join("", lines)).contains("gibt's nicht").contains("No such file");
        assertThat(run(way, List.of(), "/etc/passwd")).isEqualTo(126);
    }

    @ParameterizedTest
    @EnumSource
    void theRootStaysAsItWasUnpacked(Way way) throws Exception {
        StatManifest before = StatManifest.of(root);
        run(way, List.of(), "sh", "-c", "echo > /new; mkdir -p /etc/a/b; echo > /tmp/x");
        assertThat(StatManifest.of(root)).isEqualTo(before);
        run(way, List.of(), "sh", "-c", "ls -d /new /etc/a /tmp/x; true");
        assertThat(String.join("\n", lines).split("No such file", -1)).hasSize(4);
    }

    @ParameterizedTest
    @EnumSource
    void aCommandThatLeavesProcessesEndsWithThem(Way way) throws Exception {
        run(way, List.of(), "sh", "-c", "setsid sleep 4713 > /dev/null 2>&1 & sleep 4713 & echo up");
        assertThat(lines).containsExactly("up");
        assertThat(ProcessHandle.allProcesses()
                        .filter(each -> each.info().commandLine().orElse("").endsWith("sleep 4713")))
                .isEmpty();
    }

    @Test
    void withoutMountsAChangedRootIsAnError() throws Exception {
        Sandbox sandbox = open(Way.ROOT_WITHOUT_MOUNTS);
        var command = new SandboxCommand(
                root, List.of(), "/", Map.of("PATH", "/bin"), List.of("sh", "-c", "echo x >> /etc/passwd"));
        assertThatThrownBy(() -> sandbox.run(command, lines::add))
                .isInstanceOf(FindingException.class)
                .hasMessageContaining("RB335")
                .hasMessageContaining("/etc/passwd");
    }

    @Test
    void withoutMountsALinkInPlaceOfAFolderIsNotFollowed() throws Exception {
        Sandbox sandbox = open(Way.ROOT_WITHOUT_MOUNTS);
        Path out = Files.createDirectory(folder.resolve("out"));
        var command = new SandboxCommand(
                root,
                List.of(new Bind(out, "/out", true)),
                "/",
                Map.of("PATH", "/bin"),
                List.of("sh", "-c", "mv /out /elsewhere; ln -s /etc /out"));
        assertThatThrownBy(() -> sandbox.run(command, lines::add))
                .isInstanceOf(FindingException.class)
                .hasMessageContaining("RB334")
                .hasMessageContaining("/out");
        assertThat(out).isEmptyDirectory();
    }

    @ParameterizedTest
    @EnumSource
    void aMissingMountPointIsNamedBeforeAnythingStarts(Way way) throws Exception {
        Sandbox sandbox = open(way);
        Files.createSymbolicLink(root.resolve("link"), Path.of("/etc"));
        var command = new SandboxCommand(
                root,
                List.of(new Bind(folder, "/missing/one", true), new Bind(folder, "/link", true)),
                "/",
                Map.of(),
                List.of("sh"));
        assertThatThrownBy(() -> sandbox.run(command, lines::add))
                .isInstanceOf(FindingException.class)
                .hasMessageContaining("/missing/one")
                .hasMessageContaining("/link");
    }

    @ParameterizedTest
    @EnumSource
    void longOutputArrivesWholeAndAVeryLongLineInPieces(Way way) throws Exception {
        run(way, List.of(), "sh", "-c", "yes line | head -n 20000; cat /dev/zero | head -c 200000");
        assertThat(lines.subList(0, 20000)).containsOnly("line");
        assertThat(lines.subList(20000, lines.size())).hasSizeGreaterThan(3).allMatch(line -> line.length() <= 65536);
    }

    @ParameterizedTest
    @EnumSource
    void anInterruptedRunEndsEveryProcessInside(Way way) throws Exception {
        Sandbox sandbox = open(way);
        CountDownLatch started = new CountDownLatch(1);
        AtomicReference<Throwable> end = new AtomicReference<>();
        Thread thread = new Thread(() -> {
            try {
                sandbox.run(
                        new SandboxCommand(
                                root,
                                List.of(),
                                "/",
                                Map.of("PATH", "/bin"),
                                List.of("sh", "-c", "sleep 4711 & echo up; sleep 4711")),
                        line -> started.countDown());
            } catch (IOException | InterruptedException e) {
                end.set(e);
            }
        });
        thread.start();
        started.await();
        // By the root's program: of the command lines outside, which hold a script, only the beginning can be read.
        List<ProcessHandle> inside = Processes.below(ProcessHandle.current(), "busybox");
        thread.interrupt();
        thread.join();
        assertThat(end.get()).isInstanceOf(InterruptedException.class);
        assertThat(inside).isNotEmpty();
        for (ProcessHandle each : inside) {
            Processes.awaitEnd(each);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFolderOfTheRootCanBeMadeWritable(Way way) throws Exception {
        run(
                way,
                List.of(new Bind(root.resolve("etc"), "/etc", true)),
                "sh",
                "-c",
                "echo > /etc/new; ls /etc; echo > /no");
        assertThat(root.resolve("etc/new")).exists();
        assertThat(root.resolve("no")).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource
    void aFolderOfTheRootCanBeCoveredAndChanged(Way way) throws Exception {
        Path other = Files.createDirectory(folder.resolve("other"));
        Files.writeString(other.resolve("passwd"), "other");
        run(way, List.of(new Bind(other, "/etc", true)), "sh", "-c", "cat /etc/passwd; echo > /etc/new");
        run(way, List.of(), "sh", "-c", "cat /etc/passwd; ls /etc");
        assertThat(lines).containsExactly("other", "root:x:0:0:root:/root:/bin/sh", "passwd");
        assertThat(other.resolve("new")).exists();
    }
}
