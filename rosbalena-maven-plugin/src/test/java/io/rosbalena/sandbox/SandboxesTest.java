package io.rosbalena.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.store.BlobStore;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxesTest {
    private static final String SHOW = "id -u; hostname; echo x > /out/x; exit 3";

    @TempDir
    Path folder;

    private Path root;
    private Path out;

    @BeforeEach
    void unpackTheRoot() throws Exception {
        root = BusyboxRoot.unpack(BlobStore.open(folder.resolve("store")));
        out = Files.createDirectory(folder.resolve("out"));
    }

    @Test
    void aWayIsOpenOnThisMachine() throws Exception {
        assertThat(lines(OtherJvm.under(folder).start(root, out, "sh", "-c", SHOW)))
                .endsWith("0", "rosbalena", "status: 3")
                .hasSize(4);
        assertThat(out.resolve("x")).hasContent("x\n");
    }

    @Test
    void aPlainUserEntersByAUserNamespace() throws Exception {
        User.assumeRoot();
        Assumptions.assumeTrue(Way.USER_NAMESPACE.probe().isEmpty(), "skipped: no user namespaces here");
        OtherJvm jvm = OtherJvm.under(folder, "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
        Files.setPosixFilePermissions(folder.resolve("store/roots"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setAttribute(out, "unix:uid", 65534);
        assertThat(lines(jvm.start(root, out, "sh", "-c", SHOW)))
                .containsExactly("way: user namespace", "0", "rosbalena", "status: 3");
        assertThat((Integer) Files.getAttribute(out.resolve("x"), "unix:uid")).isEqualTo(65534);
    }

    /** Ubuntu leaves user namespaces to programs that AppArmor knows, among them podman and not unshare. */
    private String[] asUserWhomUnshareIsRefused() throws Exception {
        User.assumeRoot();
        Assumptions.assumeTrue(Tool.find("podman").isPresent(), "skipped: podman is not installed");
        Assumptions.assumeTrue(Way.USER_NAMESPACE.probe().isEmpty(), "skipped: no user namespaces here");
        Path home = Files.createDirectory(folder.resolve("home"));
        Files.setAttribute(home, "unix:uid", 65534);
        Path bin = Files.createDirectory(folder.resolve("bin"));
        Path refusing = Files.writeString(bin.resolve("unshare"), """
                #!/bin/sh
                case "$*" in
                *--user*) echo "unshare: unshare failed: Operation not permitted" >&2; exit 1 ;;
                esac
                exec %s "$@"
                """.formatted(Tool.require("unshare", "util-linux")));
        for (Path each : List.of(bin, refusing)) {
            Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Files.setPosixFilePermissions(folder.resolve("store/roots"), PosixFilePermissions.fromString("rwxr-xr-x"));
        return new String[] {
            "setpriv",
            "--reuid=65534",
            "--regid=65534",
            "--clear-groups",
            "env",
            "-i",
            "HOME=" + home,
            "PATH=" + bin + ":" + Tool.searchPath()
        };
    }

    @Test
    void whereUnshareIsRefusedAUserEntersByPodman() throws Exception {
        String[] user = asUserWhomUnshareIsRefused();
        OtherJvm jvm = OtherJvm.under(folder, user);
        Files.setAttribute(out, "unix:uid", 65534);
        assertThat(lines(jvm.start(root, out, "sh", "-c", "cat /proc/net/dev | grep -c :; " + SHOW)))
                .containsExactly("way: podman unshare", "1", "0", "rosbalena", "status: 3");
        assertThat((Integer) Files.getAttribute(out.resolve("x"), "unix:uid")).isEqualTo(65534);
        endPodman(user);
    }

    @Test
    void withPodmanTooNothingIsLeftWhenTheJvmIsKilled() throws Exception {
        String[] user = asUserWhomUnshareIsRefused();
        nothingIsLeftOf(OtherJvm.under(folder, user));
        endPodman(user);
    }

    /** It keeps one process for each user, which holds the namespace open for the next call. */
    private static void endPodman(String... user) throws Exception {
        List<String> line = new ArrayList<>(List.of(user));
        line.addAll(List.of("podman", "system", "migrate"));
        assertThat(new ProcessBuilder(line).inheritIO().start().waitFor()).isZero();
    }

    @Test
    void inAContainerWithoutPrivilegesRootEntersWithoutMounts() throws Exception {
        User.assumeRoot();
        OtherJvm jvm = OtherJvm.under(folder, inAContainer());
        Files.writeString(out.resolve("old"), "old");
        assertThat(lines(jvm.start(root, out, "sh", "-c", "id -u; cat /out/old; echo x > /out/x; rm /out/old; exit 3")))
                .containsExactly("way: root without mounts", "0", "old", "status: 3");
        assertThat(out.resolve("x")).hasContent("x\n");
        assertThat(out.resolve("old")).doesNotExist();
    }

    @Test
    void withoutMountsTooNothingIsLeftWhenTheJvmIsKilled() throws Exception {
        User.assumeRoot();
        nothingIsLeftOf(OtherJvm.under(folder, inAContainer()));
    }

    private String[] inAContainer() throws Exception {
        Assumptions.assumeTrue(Tool.find("python3").isPresent(), "skipped: python3 is not installed");
        Path script = Path.of(SandboxesTest.class.getResource("container.py").toURI());
        return new String[] {"python3", script.toString()};
    }

    @Test
    void withoutMountsAndUserNamespacesEveryRefusalIsExplained() throws Exception {
        // A user namespace whose own limit of user namespaces is 0 and whose root may not mount: as in a container.
        Assumptions.assumeTrue(Way.USER_NAMESPACE.probe().isEmpty(), "skipped: no user namespaces here");
        OtherJvm jvm = OtherJvm.under(
                folder,
                "unshare",
                "--user",
                "--map-root-user",
                "sh",
                "-ec",
                "echo 0 > /proc/sys/user/max_user_namespaces; exec setpriv --bounding-set=-sys_admin,-sys_chroot \"$@\"",
                "sh");
        String said = String.join("\n", lines(jvm.start(root, out, "true")));
        assertThat(said)
                .contains("RB333", "user namespace", "No space left on device", "user.max_user_namespaces is 0")
                .contains("root with mounts", "Operation not permitted")
                .contains("root without mounts", "chroot failed");
    }

    @Test
    void aMissingProgramIsNamedWithItsPackage() throws Exception {
        Assumptions.assumeTrue(Way.USER_NAMESPACE.probe().isEmpty(), "skipped: no user namespaces here");
        OtherJvm jvm = OtherJvm.under(
                folder,
                "unshare",
                "--user",
                "--map-root-user",
                "--mount",
                "sh",
                "-ec",
                "mount --bind /dev/null /usr/bin/unshare; exec setpriv --bounding-set=-sys_chroot \"$@\"",
                "sh");
        assertThat(String.join("\n", lines(jvm.start(root, out, "true"))))
                .contains("RB333", "user namespace: the program \"unshare\" is not on this machine's PATH")
                .contains("root with mounts: install the package util-linux");
    }

    @Test
    void aMaskedProcIsExplained() throws Exception {
        User.assumeRoot();
        Assumptions.assumeTrue(Way.ROOT_WITH_MOUNTS.probe().isEmpty(), "skipped: root may not mount here");
        // As container engines do: something stands over a part of /proc, which a user namespace may not uncover.
        OtherJvm jvm = OtherJvm.under(
                folder,
                "unshare",
                "--mount",
                "sh",
                "-ec",
                "mount -t tmpfs mask /proc/bus; exec setpriv --reuid=65534 --regid=65534 --clear-groups \"$@\"",
                "sh");
        assertThat(String.join("\n", lines(jvm.start(root, out, "true"))))
                .contains("RB333", "user namespace: mount: /tmp/proc: permission denied")
                .contains("user namespace: /proc is masked", "systempaths=unconfined")
                .contains("root with mounts: unshare: unshare failed: Operation not permitted")
                .contains("root without mounts: nsenter: ", "CHROOT and MKNOD");
    }

    @Test
    void aSeccompProfileIsExplained() throws Exception {
        User.assumeRoot();
        List<String> prefix = new ArrayList<>(List.of(inAContainer()));
        prefix.addAll(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
        OtherJvm jvm = OtherJvm.under(folder, prefix.toArray(String[]::new));
        assertThat(String.join("\n", lines(jvm.start(root, out, "true"))))
                .contains("RB333", "user namespace: unshare: unshare failed: Operation not permitted")
                .contains("user namespace: a container's seccomp profile forbids it", "seccomp=unconfined");
    }

    @Test
    void nothingIsLeftWhenTheJvmIsKilled() throws Exception {
        nothingIsLeftOf(OtherJvm.under(folder));
    }

    private void nothingIsLeftOf(OtherJvm other) throws Exception {
        Process jvm = other.start(root, out, "sh", "-c", "setsid sleep 4712 & echo up; sleep 4712");
        List<ProcessHandle> inside;
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(jvm.getInputStream(), StandardCharsets.UTF_8))) {
            reader.readLine();
            assertThat(reader.readLine()).isEqualTo("up");
            inside = Processes.below(jvm.toHandle(), "");
            jvm.destroyForcibly();
        }
        assertThat(inside).hasSizeGreaterThan(2);
        for (ProcessHandle each : inside) {
            Processes.awaitEnd(each);
        }
    }

    private static List<String> lines(Process process) throws Exception {
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        process.waitFor();
        return lines;
    }
}
