package io.rosbalena.sandbox;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Enters a root by new namespaces of the kernel, made by {@code unshare}: either inside a user namespace, which any user
 * may open where the machine allows it and which needs one uid only, or as root. Both mount the same.
 */
final class NamespaceSandbox implements Sandbox {
    static final List<String> MORE = List.of("--net", "--ipc", "--uts");

    private final Way way;
    private final Emulation emulation;

    NamespaceSandbox(Way way) {
        this(way, Emulation.NONE);
    }

    private NamespaceSandbox(Way way, Emulation emulation) {
        this.way = way;
        this.emulation = emulation;
    }

    @Override
    public String name() {
        return way.words();
    }

    @Override
    public boolean isolatesNetwork() {
        return true;
    }

    @Override
    public Sandbox emulating(Processor processor) throws IOException, InterruptedException {
        return new NamespaceSandbox(way, Emulation.in(way, processor));
    }

    @Override
    public int run(SandboxCommand command, Consumer<String> output) throws IOException, InterruptedException {
        command.checkMountPoints();
        List<String> parameters = new ArrayList<>();
        parameters.add(command.root().toString());
        parameters.add(emulation.format());
        parameters.add(Integer.toString(command.binds().size()));
        for (SandboxCommand.Bind bind : command.binds()) {
            parameters.add(bind.source().toAbsolutePath().toString());
            parameters.add(bind.target());
            parameters.add(bind.writable() ? "rw" : "ro");
        }
        parameters.addAll(RootEntry.fromNamespaces(command));
        List<String> line = way.unshare(MORE);
        line.addAll(Script.of(NamespaceSandbox.class, "enter.sh").line(parameters));
        return way.run(line, command, output);
    }
}
