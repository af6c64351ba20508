package io.rosbalena.sandbox;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Enters a root by new namespaces of the kernel, made by {@code unshare}: either inside a user namespace, which any user
 * may open where the machine allows it and which needs one uid only, or as root. Both mount the same.
 */
public final class NamespaceSandbox implements Sandbox {
    // Only options that util-linux 2.37 (Ubuntu 22.04) has.
    private static final List<String> NAMESPACES = List.of(
            "--mount", "--pid", "--fork", "--kill-child", "--net", "--ipc", "--uts", "--propagation", "private");

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
        line.addAll(RootEntry.fromNamespaces(command));
        return Confined.run(line, output).statusOrThrow(name, command.root());
    }

    /** Why this way is closed on this machine; empty if it is open. */
    Optional<Refusal> probe() throws IOException, InterruptedException {
        return Confined.run(enter("probe.sh"), line -> {}).refusal(name);
    }

    private List<String> enter(String script) {
        List<String> line = new ArrayList<>();
        line.add(Tool.require("unshare", "util-linux").toString());
        line.addAll(unshare);
        line.addAll(List.of("sh", "-c", Script.named(script), script));
        return line;
    }
}
