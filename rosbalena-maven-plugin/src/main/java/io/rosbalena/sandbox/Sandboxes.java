package io.rosbalena.sandbox;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The sandboxes for commands of a build. */
public final class Sandboxes {
    private Sandboxes() {}

    /**
     * A sandbox that is open on this machine.
     *
     * @param sandbox the first that is
     * @param passedOver those before it, each with why it is closed
     */
    public record Choice(Sandbox sandbox, List<String> passedOver) {
        public Choice {
            passedOver = List.copyOf(passedOver);
        }
    }

    /** Which sandboxes come into question. */
    public enum Means {
        /** What the kernel gives to programs of this machine. */
        KERNEL,
        /** docker and podman. */
        CONTAINERS,
        /** The kernel's, then containers. */
        ALL
    }

    /**
     * The sandbox by the first way that is open on this machine, containers last.
     *
     * @throws io.rosbalena.finding.FindingException RB333 if none is open: for each way, why, and what opens it
     */
    public static Sandbox choose() throws IOException, InterruptedException {
        return choose(Means.ALL).sandbox();
    }

    /**
     * The first sandbox that is open.
     *
     * @throws io.rosbalena.finding.FindingException RB333 if none is open: for each way, why, and what opens it
     */
    public static Choice choose(Means means) throws IOException, InterruptedException {
        List<Refusal> refusals = new ArrayList<>();
        if (means != Means.CONTAINERS) {
            for (Way way : Way.values()) {
                Optional<Refusal> refusal = way.probe();
                if (refusal.isEmpty()) {
                    return choice(by(way), refusals);
                }
                refusals.add(refusal.get());
            }
        }
        if (means != Means.KERNEL) {
            List<ContainerTool> tools = ContainerTool.installed();
            for (ContainerTool tool : tools) {
                Optional<Refusal> refusal = tool.probe();
                if (refusal.isEmpty()) {
                    return choice(new ContainerSandbox(tool), refusals);
                }
                refusals.add(refusal.get());
            }
            if (tools.isEmpty()) {
                refusals.add(Refusal.missing("container", "docker", "docker.io or podman"));
            }
        }
        throw Refusal.all(refusals);
    }

    private static Choice choice(Sandbox sandbox, List<Refusal> refusals) {
        return new Choice(
                sandbox,
                refusals.stream()
                        .map(refusal -> refusal.way() + " (" + refusal.reason() + ")")
                        .toList());
    }

    /** The sandbox by this way, open or not. */
    static Sandbox by(Way way) {
        return way == Way.ROOT_WITHOUT_MOUNTS ? new ChrootSandbox() : new NamespaceSandbox(way);
    }
}
