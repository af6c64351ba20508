package io.rosbalena.sandbox;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import java.util.List;

/**
 * Why one way into a root is closed, and what opens it.
 *
 * @param way the way's name
 * @param reason what the machine said, and what that means
 * @param remedy the setting, package or way of starting that opens it
 */
record Refusal(String way, String reason, String remedy) {

    /**
     * Explains what {@code unshare} or {@code mount} printed.
     *
     * @param said the lines that the probe printed
     */
    static Refusal of(String way, List<String> said, MachineSettings machine) {
        String text = said.isEmpty() ? "no message" : String.join("; ", said);
        return new Refusal(way, text, remedy(text, machine));
    }

    /**
     * Tells of a program that this machine does not have.
     *
     * @param debianPackage the package of Debian and Ubuntu that holds it
     */
    static Refusal missing(String way, String program, String debianPackage) {
        return new Refusal(
                way,
                "the program \"" + program + "\" is not on this machine's PATH",
                "install the package " + debianPackage + " (Debian and Ubuntu), or the one that holds \"" + program
                        + "\" elsewhere");
    }

    /** The error that no way is open: RB333 with each, why, and what opens it. */
    static FindingException all(List<Refusal> refusals) {
        StringBuilder why = new StringBuilder("no way to run a program in a root of its own is open on this machine");
        StringBuilder fix = new StringBuilder("One of these is enough:");
        for (Refusal refusal : refusals) {
            why.append("; ").append(refusal.way()).append(": ").append(refusal.reason());
            fix.append("\n").append(refusal.way()).append(": ").append(refusal.remedy());
        }
        return FindingException.environment(
                Finding.error("RB333", why.toString()).fix(fix.toString()));
    }

    private static String remedy(String said, MachineSettings machine) {
        if (said.contains("No space left on device")) {
            return "the limit user.max_user_namespaces is %s and user.max_mnt_namespaces is %s: raise it, for example sudo sysctl -w user.max_user_namespaces=10000"
                    .formatted(
                            machine.sysctl("user.max_user_namespaces").orElse("unknown"),
                            machine.sysctl("user.max_mnt_namespaces").orElse("unknown"));
        }
        if (said.contains("uid_map")
                && machine.sysctl("kernel.apparmor_restrict_unprivileged_userns")
                        .filter("1"::equals)
                        .isPresent()) {
            return "AppArmor closes user namespaces (Ubuntu 23.10 and later): sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0, or an AppArmor profile with \"userns,\" for "
                    + Tool.find("unshare").map(Tool::toString).orElse("unshare") + ", or start as root";
        }
        if (said.contains("nsenter") || said.contains("mknod")) {
            return "start as root, with the capabilities CHROOT and MKNOD (container engines grant both by default)";
        }
        if (said.contains("unshare failed") || said.contains("uid_map")) {
            if (machine.sysctl("kernel.unprivileged_userns_clone")
                    .filter("0"::equals)
                    .isPresent()) {
                return "Debian's switch is off: sudo sysctl -w kernel.unprivileged_userns_clone=1";
            }
            if (machine.isFiltered() || machine.read("/.dockerenv").isPresent()) {
                return "a container's seccomp profile forbids it: start outside of the container, or start the container with --security-opt seccomp=unconfined, or as root";
            }
            return "start as root, or in a container started with --privileged";
        }
        if (said.contains("proc")) {
            return "/proc is masked, as container engines do: start outside of the container, or start the container with --security-opt systempaths=unconfined";
        }
        if (said.contains("rootless")) {
            return "podman opens namespaces for plain users only: start as one, whom /etc/subuid need not name";
        }
        return "start outside of a container, or as root";
    }

    @Override
    public String toString() {
        return way + ": " + reason + "\n    " + remedy;
    }
}
