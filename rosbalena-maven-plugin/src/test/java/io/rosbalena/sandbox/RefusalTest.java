package io.rosbalena.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What machines print that leave a way closed, as util-linux 2.38 words it, and what opens it. */
class RefusalTest {
    private static final String FORBIDDEN = "unshare: unshare failed: Operation not permitted";

    /** The remedy on a machine with these files. */
    private static String remedy(String said, Map<String, String> files) {
        return Refusal.of("user namespace", List.of(said), file -> Optional.ofNullable(files.get(file)))
                .remedy();
    }

    @Test
    void aLimitOfNamespacesIsTold() {
        assertThat(remedy(
                        "unshare: unshare failed: No space left on device",
                        Map.of(
                                "/proc/sys/user/max_user_namespaces", "0",
                                "/proc/sys/user/max_mnt_namespaces", "95000")))
                .contains("user.max_user_namespaces is 0", "user.max_mnt_namespaces is 95000", "sudo sysctl -w");
    }

    @Test
    void debiansSwitchIsTold() {
        assertThat(remedy(FORBIDDEN, Map.of("/proc/sys/kernel/unprivileged_userns_clone", "0")))
                .contains("sudo sysctl -w kernel.unprivileged_userns_clone=1");
    }

    @Test
    void aContainersSeccompProfileIsTold() {
        assertThat(remedy(FORBIDDEN, Map.of("/proc/self/status", "Name:\tjava\nSeccomp:\t2\n")))
                .contains("seccomp=unconfined");
        assertThat(remedy(FORBIDDEN, Map.of("/.dockerenv", ""))).contains("seccomp=unconfined");
    }

    @Test
    void whereNothingElseForbidsNamespacesRootMayHaveThem() {
        assertThat(remedy(FORBIDDEN, Map.of("/proc/self/status", "Seccomp:\t0\n")))
                .isEqualTo("start as root, or in a container started with --privileged");
    }

    @Test
    void ubuntusAppArmorIsTold() {
        assertThat(remedy(
                        "unshare: write failed /proc/self/uid_map: Operation not permitted",
                        Map.of("/proc/sys/kernel/apparmor_restrict_unprivileged_userns", "1")))
                .contains("AppArmor", "kernel.apparmor_restrict_unprivileged_userns=0", "\"userns,\"", "unshare");
    }

    @Test
    void aMaskedProcIsTold() {
        assertThat(remedy("mount: /tmp/proc: permission denied.", Map.of())).contains("systempaths=unconfined");
    }

    @Test
    void rightsThatAreMissingForAChangeOfRootAreTold() {
        assertThat(remedy("nsenter: chroot failed: Operation not permitted", Map.of()))
                .contains("start as root", "CHROOT and MKNOD");
        assertThat(remedy("mknod: /tmp/tmp.x/null: Operation not permitted", Map.of()))
                .contains("CHROOT and MKNOD");
    }

    @Test
    void aMissingProgramIsToldWithItsPackage() {
        assertThat(Refusal.missing("user namespace", "hostname", "hostname"))
                .hasToString(
                        "user namespace: the program \"hostname\" is not on this machine's PATH\n"
                                + "    install the package hostname (Debian and Ubuntu), or the one that holds \"hostname\" elsewhere");
    }
}
