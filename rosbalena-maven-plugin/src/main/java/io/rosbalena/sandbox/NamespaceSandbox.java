package io.rosbalena.sandbox;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Enters a root by new namespaces of the kernel, made by {@code unshare}: either inside a user namespace, which any user
 * may open where the machine allows it and which needs one uid only, or as root. Both mount the same.
 */
public final class NamespaceSandbox implements Sandbox {
    // Only options that util-linux 2.37 (Ubuntu 22.04) has.
    private static final List<String> NAMESPACES = List.of(
            "--mount", "--pid", "--fork", "--kill-child", "--net", "--ipc", "--uts", "--propagation", "private");

    private static final String DROPPED = "-audit_control,-dac_read_search,-mac_admin,-mac_override,-mknod,-net_admin,"
            + "-sys_admin,-sys_boot,-sys_module,-sys_rawio,-sys_time,-syslog";

    private final String name;
    private final List<String> unshare;

    private NamespaceSandbox(String name, List<String> options) {
        this.name = name;
        this.unshare = new ArrayList<>(options);
        unshare.addAll(NAMESPACES);
    }

    /** The way that needs no rights: the calling user is uid 0 inside. */
    public static NamespaceSandbox user() {
        return new NamespaceSandbox("user namespace", List.of("--user", "--map-root-user"));
    }

    /** The way for a root that may mount. */
    public static NamespaceSandbox root() {
        return new NamespaceSandbox("root with mounts", List.of());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean isolatesNetwork() {
        return true;
    }

    @Override
    public int run(SandboxCommand command, Consumer<String> output) throws IOException, InterruptedException {
        command.checkMountPoints();
        List<String> line = enter("enter.sh");
        line.add(command.root().toString());
        line.add(Integer.toString(command.binds().size()));
        for (SandboxCommand.Bind bind : command.binds()) {
            line.add(bind.source().toAbsolutePath().toString());
            line.add(bind.target());
            line.add(bind.writable() ? "rw" : "ro");
        }
        line.addAll(intoRoot(command));
        Confined.Outcome outcome = Confined.run(line, output);
        if (outcome instanceof Confined.Ended ended) {
            return ended.status();
        }
        throw FindingException.environment(Finding.error(
                        "RB332",
                        "cannot enter the root " + command.root() + " by the way \"" + name + "\": "
                                + String.join("; ", ((Confined.Refused) outcome).said()))
                .fix("If the machine's settings were changed meanwhile, start again; else report this message."));
    }

    /** Why this way is closed on this machine; empty if it is open. */
    Optional<Refusal> probe() throws IOException, InterruptedException {
        Confined.Outcome outcome = Confined.run(enter("probe.sh"), line -> {});
        return outcome instanceof Confined.Refused refused
                ? Optional.of(Refusal.of(name, refused.said(), MachineSettings.OF_THIS_MACHINE))
                : Optional.empty();
    }

    private List<String> enter(String script) {
        List<String> line = new ArrayList<>();
        line.add(Tool.require("unshare", "util-linux").toString());
        line.addAll(unshare);
        line.addAll(List.of("sh", "-c", Script.named(script), script));
        return line;
    }

    /** The program that leaves this machine's root for the other and starts the command there. */
    static List<String> intoRoot(SandboxCommand command) {
        // env, setpriv and unshare are this machine's: the root need not have them. No way leaves more rights than a
        // compiler needs, or a command would come out differently where the caller is the machine's root.
        List<String> line = new ArrayList<>(List.of("env", "-i", "--"));
        new TreeMap<>(command.environment()).forEach((key, value) -> line.add(key + "=" + value));
        line.addAll(List.of(
                Tool.require("setpriv", "util-linux").toString(),
                "--no-new-privs",
                "--bounding-set=" + DROPPED,
                "--",
                Tool.require("unshare", "util-linux").toString(),
                "--root=" + command.root(),
                "--wd=" + command.workingDirectory(),
                "--"));
        line.addAll(command.arguments());
        return line;
    }
}
