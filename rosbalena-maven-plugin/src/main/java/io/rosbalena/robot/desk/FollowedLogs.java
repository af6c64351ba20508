package io.rosbalena.robot.desk;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Logs that are followed beside other work. */
final class FollowedLogs implements AutoCloseable {
    /** The Supervisor keeps no logs for those who come later; yet a robot may be had without them. */
    private static final long FIRST_SECONDS = 10;

    private final DeskLogs logs;
    private final CountDownLatch connected = new CountDownLatch(1);
    private final Thread thread = new Thread(this::follow, "logs of the device");
    private volatile @Nullable IOException failure;

    private FollowedLogs(DeskLogs logs) {
        this.logs = logs;
        thread.setDaemon(true);
    }

    /** Follows from now on; returns when the connection stands, or cannot be had. */
    static FollowedLogs begin(DeskLogs logs) throws InterruptedException {
        FollowedLogs followed = new FollowedLogs(logs);
        followed.thread.start();
        if (!followed.connected.await(FIRST_SECONDS, TimeUnit.SECONDS)) {
            logs.late();
        }
        return followed;
    }

    private void follow() {
        try {
            logs.follow(connected::countDown);
        } catch (InterruptedIOException | InterruptedException e) {
            // Nobody wants them any more.
        } catch (IOException e) {
            failure = e;
        } finally {
            connected.countDown();
        }
    }

    /** Waits until the device lets nobody follow them any more. */
    void await() throws IOException, InterruptedException {
        thread.join();
        IOException why = failure;
        if (why != null) {
            throw why;
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
