package io.rosbalena.sandbox;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What processes a test has started. */
public final class Processes {
    private Processes() {}

    /** The descendants of a process whose command contains a text. */
    public static List<ProcessHandle> below(ProcessHandle process, String text) {
        return process.descendants()
                .filter(each -> each.info().commandLine().orElse("").contains(text))
                .toList();
    }

    /** Waits until a process has ended, at most 20 seconds. */
    public static void awaitEnd(ProcessHandle process)
            throws InterruptedException, ExecutionException, TimeoutException {
        process.onExit().get(20, TimeUnit.SECONDS);
    }
}
