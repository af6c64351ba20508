package io.rosbalena.sandbox;

import java.io.IOException;
import java.util.List;

/** The sandboxes for commands of a build. */
public final class Sandboxes {
    private Sandboxes() {}

    /**
     * The sandbox by the first way that is open on this machine.
     *
     * @throws io.rosbalena.finding.FindingException RB333 if none is open: for each way, why, and what opens it
     */
    public static Sandbox choose() throws IOException, InterruptedException {
        return by(Way.choose(List.of(Way.values())));
    }

    /** The sandbox by this way, open or not. */
    static Sandbox by(Way way) {
        return way == Way.ROOT_WITHOUT_MOUNTS ? new ChrootSandbox() : new NamespaceSandbox(way);
    }
}
