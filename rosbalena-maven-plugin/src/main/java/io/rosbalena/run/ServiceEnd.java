package io.rosbalena.run;

import io.rosbalena.finding.Finding;
import java.util.Map;

/**
 * How a service ended.
 *
 * @param service its name
 * @param status exit status of its last start, 128 + n for signal n
 * @param starts how often it was started
 * @param stopped whether the run stopped it, so that its status means nothing
 */
public record ServiceEnd(String service, int status, int starts, boolean stopped) {
    // signal(7), on x86-64 and arm64 alike.
    private static final Map<Integer, String> MEANINGS = Map.of(
            126, "its program cannot be executed",
            127, "its program is not in the image",
            130, "interrupted",
            132, "illegal instruction",
            134, "aborted",
            135, "bus error",
            137, "killed, perhaps because memory ran out",
            139, "segmentation fault",
            143, "terminated");

    /** Whether it failed by itself. */
    public boolean failed() {
        return !stopped && status != 0;
    }

    /** What happened, for a person. */
    public String describe() {
        String meaning = MEANINGS.containsKey(status) ? " (" + MEANINGS.get(status) + ")" : "";
        return "ended with exit status " + status + meaning + (starts > 1 ? " at its " + starts + ". start" : "");
    }

    Finding finding() {
        return Finding.error("RB556", describe())
                .inService(service)
                .fix(
                        "What it printed last stands above; run it again with -Drosbalena.run.seconds=N to end by itself.");
    }
}
