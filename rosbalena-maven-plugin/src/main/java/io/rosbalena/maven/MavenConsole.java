package io.rosbalena.maven;

import io.rosbalena.finding.Finding;
import io.rosbalena.robot.surroundings.Console;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.logging.Log;

/**
 * Tells a build's progress in Maven's log: a line for each step, and a line for the transfer of each stage. At an
 * interactive terminal a bar is drawn over the last line while bytes arrive; with {@code -B}, without a terminal or with
 * {@code TERM=dumb} there are plain lines only, one for each quarter of a large transfer.
 */
final class MavenConsole implements Console, AutoCloseable {
    private static final long REDRAW_NANOS = 100_000_000L;
    private static final long MEASURE_NANOS = 1_000_000_000L;
    private static final long LARGE = 50_000_000L;
    private static final String ERASE_LINE = "\r\u001b[K";

    private final Log log;
    private final boolean interactive;
    private final ToldFindings told;
    private long expected;
    private long arrived;
    private long started;
    private long last;
    private long drawn;
    private long measured;
    private int columns = Terminal.USUAL_COLUMNS;
    private int quarter;
    private boolean barOnScreen;

    private MavenConsole(Log log, boolean interactive, ToldFindings told) {
        this.log = log;
        this.told = told;
        this.interactive = interactive;
    }

    /** @param told what the goals before have said */
    static MavenConsole of(Log log, MavenSession session, ToldFindings told) {
        // With -q the log says nothing, and neither does the bar.
        return new MavenConsole(
                log, session.getRequest().isInteractiveMode() && log.isInfoEnabled() && Terminal.isThere(), told);
    }

    @Override
    public synchronized void stage(String name) {
        finishTransfer();
        log.info(name);
    }

    @Override
    public synchronized void message(String text) {
        wipe();
        log.info("  " + text);
    }

    @Override
    public synchronized void finding(Finding finding) {
        if (!told.isNew(finding)) {
            return;
        }
        wipe();
        switch (finding.severity()) {
            case ERROR -> log.error(finding.print());
            case WARNING -> log.warn(finding.print());
            case NOTE -> log.info(finding.print());
        }
    }

    @Override
    public synchronized void expect(long bytes) {
        expected += bytes;
        begin();
    }

    @Override
    public synchronized void transferred(long bytes) {
        begin();
        arrived += bytes;
        last = System.nanoTime();
        if (interactive) {
            draw();
        } else {
            tellQuarter();
        }
    }

    private void begin() {
        if (started == 0) {
            started = System.nanoTime();
        }
    }

    private void draw() {
        long now = System.nanoTime();
        if (now - drawn < REDRAW_NANOS && arrived < expected) {
            return;
        }
        drawn = now;
        if (now - measured > MEASURE_NANOS) {
            // A terminal may change its size at any time.
            measured = now;
            columns = Terminal.columns();
        }
        System.out.print(ERASE_LINE + TransferBar.line(arrived, Math.max(expected, arrived), rate(), columns));
        System.out.flush();
        barOnScreen = true;
    }

    private void tellQuarter() {
        int now = expected < LARGE ? 0 : (int) (4 * arrived / expected);
        if (now > quarter && now < 4) {
            log.info("  downloaded " + Sizes.show(arrived) + " of " + Sizes.show(expected));
        }
        quarter = Math.max(quarter, now);
    }

    /** Bytes per second while bytes arrived; what is done with them takes its own time. */
    private long rate() {
        return (long) (arrived / Math.max(1e-3, (last - started) / 1e9));
    }

    private void finishTransfer() {
        wipe();
        if (arrived > 0) {
            log.info("  downloaded " + Sizes.show(arrived) + " at " + Sizes.show(rate()) + "/s");
        }
        expected = 0;
        arrived = 0;
        started = 0;
        quarter = 0;
    }

    private void wipe() {
        if (barOnScreen) {
            System.out.print(ERASE_LINE);
            System.out.flush();
            barOnScreen = false;
        }
    }

    @Override
    public synchronized void close() {
        finishTransfer();
    }
}
