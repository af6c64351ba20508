package io.rosbalena.robot.surroundings;

import io.rosbalena.finding.Finding;
import io.rosbalena.store.DigestMismatchException;
import io.rosbalena.store.RemoteStore;
import io.rosbalena.transfer.TransferException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** What goes wrong at a cache: told as a warning, and the cache is left alone from then on. Safe for several threads. */
final class CacheTrouble {
    /** A few show what is wrong. */
    private static final int TOLD = 5;

    private final AtomicBoolean over = new AtomicBoolean();

    /** Whether the cache is not asked any more. */
    boolean isOver() {
        return over.get();
    }

    /** Whether a failure means other bytes than were asked for; the cache may still have other files. */
    static boolean isWrong(IOException e) {
        return e instanceof DigestMismatchException
                || (e instanceof TransferException transfer && transfer.kind() == TransferException.Kind.SIZE);
    }

    /** Tells of files that are not what was locked. */
    static void tellWrong(RemoteStore cache, List<String> labels, Console console) {
        if (!labels.isEmpty()) {
            console.finding(Finding.warning(
                            "RB518",
                            "the cache " + cache.name() + " gives other bytes than were locked, which are not used: "
                                    + String.join(", ", labels.subList(0, Math.min(TOLD, labels.size())))
                                    + (labels.size() > TOLD ? " and " + (labels.size() - TOLD) + " more" : ""))
                    .fix("remove the repository, which the next build fills again; if that was no damage to a disk,"
                            + " somebody changed it"));
        }
    }

    /**
     * Gives the cache up, since it cannot be asked.
     *
     * @throws IOException the failure itself, if it is one of this machine
     */
    void end(RemoteStore cache, IOException failure, Console console) throws IOException {
        passOn(failure);
        if (!over.getAndSet(true)) {
            console.finding(
                    Finding.warning("RB517", "going on without the cache " + cache.name() + ": " + reason(failure))
                            .fix("check <cache>, the network and the login for " + host(cache)));
        }
    }

    /**
     * Gives the cache up, since it does not take what it lacks.
     *
     * @throws IOException the failure itself, if it is one of this machine
     */
    void refused(RemoteStore cache, IOException failure, Console console) throws IOException {
        passOn(failure);
        over.set(true);
        console.finding(Finding.warning(
                        "RB519", "the cache " + cache.name() + " did not take what it lacks: " + reason(failure))
                .fix("log in to " + host(cache) + " with a user who may push, or have a machine that may do so"
                        + " build this lock once"));
    }

    private static void passOn(IOException failure) throws IOException {
        if (failure instanceof FileSystemException
                || (failure instanceof InterruptedIOException
                        && Thread.currentThread().isInterrupted())) {
            throw failure;
        }
    }

    private static String host(RemoteStore cache) {
        return cache.name().replaceFirst("/.*", "");
    }

    private static String reason(IOException failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
