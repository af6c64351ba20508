package io.rosbalena.sandbox;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The ways to a root directory of one's own that a Linux machine may leave open. */
public enum Way {
    /** Needs no rights; the calling user is uid 0 inside, and no other uid exists there. */
    USER_NAMESPACE("user namespace"),
    /** For a root that may mount. */
    ROOT_WITH_MOUNTS("root with mounts"),
    /** For a root that may not, as in a container that was started without privileges. */
    ROOT_WITHOUT_MOUNTS("root without mounts"),
    /** A user namespace that podman opens, where a machine leaves these to some programs alone; not for root. */
    PODMAN_UNSHARE("podman unshare");

    // Only options that util-linux 2.37 (Ubuntu 22.04) has.
    private static final List<String> PRIVATE =
            List.of("--mount", "--pid", "--fork", "--kill-child", "--propagation", "private");

    private final String words;

    Way(String words) {
        this.words = words;
    }

    /** What a person calls it. */
    public String words() {
        return words;
    }

    /**
     * The command line that enters new mount and process namespaces, to be followed by a program; empty where there are
     * none.
     *
     * @param more further options of {@code unshare}, for example {@code --net}
     */
    public List<String> unshare(List<String> more) {
        List<String> line = new ArrayList<>();
        if (this == PODMAN_UNSHARE) {
            line.addAll(List.of(Tool.require("podman", "podman").toString(), "unshare"));
            // podman is not the one that is killed with this process.
            line.addAll(List.of(Tool.require("setpriv", "util-linux").toString(), "--pdeathsig", "KILL", "--"));
        }
        if (this != ROOT_WITHOUT_MOUNTS) {
            line.add(Tool.require("unshare", "util-linux").toString());
            if (this == USER_NAMESPACE) {
                line.addAll(List.of("--user", "--map-root-user"));
            }
            line.addAll(PRIVATE);
            line.addAll(more);
        }
        return line;
    }

    /**
     * The first of these ways that is open; each is tried in a few hundredths of a second.
     *
     * @throws FindingException RB333 if none is open: for each way, why, and what opens it
     */
    public static Way choose(List<Way> order) throws IOException, InterruptedException {
        List<Refusal> refusals = new ArrayList<>();
        for (Way way : order) {
            Optional<Refusal> refusal = way.probe();
            if (refusal.isEmpty()) {
                return way;
            }
            refusals.add(refusal.get());
        }
        throw Refusal.all(refusals);
    }

    /** Why this way is closed on this machine; empty if it is open. */
    Optional<Refusal> probe() throws IOException, InterruptedException {
        for (Map.Entry<String, String> program : programs().entrySet()) {
            if (Tool.find(program.getKey()).isEmpty()) {
                return Optional.of(Refusal.missing(words, program.getKey(), program.getValue()));
            }
        }
        List<String> line = unshare(NamespaceSandbox.MORE);
        line.addAll(
                this == ROOT_WITHOUT_MOUNTS
                        ? Script.of(Way.class, "probe-chroot.sh")
                                .line(List.of(
                                        Tool.require("nsenter", "util-linux").toString()))
                        : Script.of(Way.class, "probe.sh").line(List.of()));
        try (ReadyProcess process = start(line, text -> {})) {
            if (process.awaitReady()) {
                process.await();
                return Optional.empty();
            }
            return Optional.of(Refusal.of(words, process.said(), MachineSettings.OF_THIS_MACHINE));
        }
    }

    /** Whether it opens a user namespace of its own, whose settings are nobody else's. */
    boolean ownsItsNamespace() {
        return this == USER_NAMESPACE || this == PODMAN_UNSHARE;
    }

    /** Starts a command line that begins with {@link #unshare}. */
    ReadyProcess start(List<String> line, Consumer<String> output) throws IOException {
        return ReadyProcess.start(line, this == PODMAN_UNSHARE ? ContainerTool.variables() : Map.of(), output);
    }

    /** The programs that this way needs and a small system may lack, each with Debian's package of it. */
    private SortedMap<String, String> programs() {
        SortedMap<String, String> programs = new TreeMap<>(Map.of("setpriv", "util-linux", "setsid", "util-linux"));
        if (this == ROOT_WITHOUT_MOUNTS) {
            programs.put("nsenter", "util-linux");
        } else {
            programs.putAll(Map.of("unshare", "util-linux", "mount", "mount", "hostname", "hostname"));
        }
        if (this == PODMAN_UNSHARE) {
            programs.put("podman", "podman");
        }
        return programs;
    }

    /** Runs one of our scripts with a command in it, and waits for it. */
    int run(List<String> line, SandboxCommand command, Consumer<String> output)
            throws IOException, InterruptedException {
        try (ReadyProcess process = start(line, output)) {
            if (process.awaitReady()) {
                process.proceed();
                return process.await();
            }
            throw FindingException.environment(Finding.error(
                            "RB332",
                            "cannot enter the root " + command.root() + " by the way \"" + words + "\": "
                                    + String.join("; ", process.said()))
                    .fix("If the machine's settings were changed meanwhile, start again; else report this message."));
        }
    }
}
