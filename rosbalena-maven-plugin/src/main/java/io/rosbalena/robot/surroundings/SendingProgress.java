package io.rosbalena.robot.surroundings;

import io.rosbalena.store.Progress;

/** Tells of bytes that are sent: a line for each quarter of what is large. The console's own bar is for downloads. */
public final class SendingProgress implements Progress {
    private static final long LARGE = 50_000_000L;

    private final Console console;
    private long expected;
    private long sent;
    private int quarter;

    public SendingProgress(Console console) {
        this.console = console;
    }

    @Override
    public void message(String text) {
        console.message(text);
    }

    @Override
    public synchronized void expect(long bytes) {
        expected += bytes;
    }

    @Override
    public synchronized void transferred(long bytes) {
        sent += bytes;
        // What is sent again after a failure counts twice.
        int now = expected < LARGE ? 0 : (int) Math.min(4, 4 * sent / expected);
        if (now > quarter && now < 4) {
            console.message("sent " + ByteCount.show(sent) + " of " + ByteCount.show(expected));
        }
        quarter = Math.max(quarter, now);
    }
}
