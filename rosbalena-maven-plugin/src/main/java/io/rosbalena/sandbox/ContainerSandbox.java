package io.rosbalena.sandbox;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.tree.FileNames;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Runs commands in containers of docker or podman, whose image is the root, loaded once. For machines that leave
 * namespaces to these programs alone.
 */
final class ContainerSandbox implements Sandbox {
    private final ContainerTool tool;

    ContainerSandbox(ContainerTool tool) {
        this.tool = tool;
    }

    @Override
    public String name() {
        return "container of " + tool.name();
    }

    @Override
    public boolean isolatesNetwork() {
        return true;
    }

    @Override
    public Sandbox emulating(Processor processor) throws IOException {
        Emulation.requireInContainers(KernelFormats.OF_THIS_MACHINE, processor);
        return this;
    }

    @Override
    public int run(SandboxCommand command, Consumer<String> output) throws IOException, InterruptedException {
        command.checkMountPoints();
        ContainerImage image = ContainerImage.of(tool, command.root());
        String container = "rosbalena-" + UUID.randomUUID();
        List<String> line = tool.line(arguments(command, image, container));
        try (ReadyProcess process = ReadyProcess.start(line, tool.environment(), output)) {
            if (process.awaitReady()) {
                process.proceed();
                return process.await();
            }
            throw FindingException.environment(Finding.error(
                            "RB481",
                            tool.name() + " cannot run a container of the build root: "
                                    + String.join("; ", process.said()))
                    .fix("see that this works: " + tool.name() + " run --rm --network none IMAGE true"));
        } finally {
            end(container);
            if (FileNames.name(command.root().resolveSibling("")).startsWith(".")) {
                // A root that is not finished; nobody asks for it again.
                image.remove();
            }
        }
    }

    /** Where the caller was interrupted, the container may still run. */
    private void end(String container) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            tool.said(List.of("rm", "--force", container));
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private List<String> arguments(SandboxCommand command, ContainerImage image, String container)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(
                "run",
                "--rm",
                "--interactive",
                "--name=" + container,
                "--hostname=rosbalena",
                "--network=none",
                "--read-only",
                "--cap-drop=ALL",
                "--security-opt=no-new-privileges",
                // SELinux would have the labels of the user's files changed.
                "--security-opt=label=disable",
                "--workdir=" + command.workingDirectory(),
                // Programs that a build makes there are started there.
                "--tmpfs=/tmp:rw,exec,nosuid,nodev,mode=1777",
                "--tmpfs=/run:rw,exec,nosuid,nodev,mode=755"));
        arguments.addAll(tool.options());
        tool.user().ifPresent(arguments::add);
        for (SandboxCommand.Bind bind : command.binds()) {
            arguments.add("--mount=type=bind," + field("source=" + bind.source().toAbsolutePath()) + ","
                    + field("target=" + bind.target()) + (bind.writable() ? "" : ",readonly"));
        }
        arguments.add(image.name());
        List<String> inside = new ArrayList<>(List.of("env", "-i", "--"));
        new TreeMap<>(command.environment()).forEach((key, value) -> inside.add(key + "=" + value));
        inside.addAll(command.arguments());
        arguments.addAll(Script.of(ContainerSandbox.class, "container.sh").line(inside));
        return arguments;
    }

    /** A field of the comma-separated values that {@code --mount} takes. */
    private static String field(String text) {
        return text.indexOf(',') < 0 && text.indexOf('"') < 0 ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
