package io.rosbalena.sandbox;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The ways into a root that this plugin knows, in the order in which they are tried. */
public final class Sandboxes {
    private Sandboxes() {}

    /**
     * The first way that is open on this machine; each is tried once, in a few hundredths of a second.
     *
     * @throws FindingException RB333 if none is open: for each way, why, and what opens it
     */
    public static Sandbox choose() throws IOException, InterruptedException {
        List<Refusal> refusals = new ArrayList<>();
        for (NamespaceSandbox way : List.of(NamespaceSandbox.user(), NamespaceSandbox.root())) {
            Optional<Refusal> refusal = way.probe();
            if (refusal.isEmpty()) {
                return way;
            }
            refusals.add(refusal.get());
        }
        ChrootSandbox chroot = new ChrootSandbox();
        Optional<Refusal> refusal = chroot.probe();
        if (refusal.isEmpty()) {
            return chroot;
        }
        refusals.add(refusal.get());
        throw none(refusals);
    }

    private static FindingException none(List<Refusal> refusals) {
        StringBuilder why = new StringBuilder("no way to run a command inside a root is open on this machine");
        StringBuilder fix = new StringBuilder("One of these is enough:");
        for (Refusal refusal : refusals) {
            why.append("; ").append(refusal.way()).append(": ").append(refusal.reason());
            fix.append("\n").append(refusal.way()).append(": ").append(refusal.remedy());
        }
        return FindingException.environment(
                Finding.error("RB333", why.toString()).fix(fix.toString()));
    }
}
