package io.rosbalena.registry;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** The threads that send blobs. Closing ends what is still under way. */
final class UploadThreads implements AutoCloseable {
    /** More gain little on one line, and registries begin to refuse. */
    static final int AT_ONCE = 4;

    private static final long SECONDS_TO_END = 10;

    private final ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE, UploadThreads::named);

    /** Sends one blob. */
    interface Work {
        void run() throws IOException;
    }

    /**
     * Does all work and waits for it.
     *
     * @throws IOException the first failure, which ends the rest
     * @throws InterruptedIOException if the thread is interrupted, which ends everything
     */
    void run(List<Work> work) throws IOException {
        CompletionService<Boolean> running = new ExecutorCompletionService<>(workers);
        for (Work each : work) {
            running.submit(() -> {
                each.run();
                return true;
            });
        }
        for (int done = 0; done < work.size(); done++) {
            try {
                running.take().get();
            } catch (ExecutionException e) {
                workers.shutdownNow();
                throw failure(e);
            } catch (InterruptedException e) {
                workers.shutdownNow();
                Thread.currentThread().interrupt();
                InterruptedIOException interrupted = new InterruptedIOException("the push was interrupted");
                interrupted.initCause(e);
                throw interrupted;
            }
        }
    }

    private static IOException failure(ExecutionException wrapped) {
        Throwable cause = wrapped.getCause();
        if (cause instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        return cause instanceof IOException io ? io : new IOException(wrapped);
    }

    /** Nothing is sent any more when this returns, however the calling thread is told to hurry. */
    @Override
    public void close() {
        workers.shutdownNow();
        boolean interrupted = Thread.interrupted();
        try {
            workers.awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread named(Runnable work) {
        Thread thread = new Thread(work, "upload");
        thread.setDaemon(true);
        return thread;
    }
}
