package io.rosbalena.maven;

import io.rosbalena.finding.Finding;
import io.rosbalena.robot.Console;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.logging.Log;

/**
 * Tells a build's progress in Maven's log: a line for each step, and a line for the transfer of each stage. At an
 * interactive terminal a bar is drawn over the last line while bytes arrive; with {@code -B}, without a terminal or with
 * {@code TERM=dumb} there are plain lines only.
 */
final class MavenConsole implements Console, AutoCloseable {
    private static final long REDRAW_NANOS = 100_000_000L;
    private static final int BAR = 30;

    private final Log log;
    private final boolean interactive;
    private final AtomicLong expected = new AtomicLong();
    private final AtomicLong arrived = new AtomicLong();
    private long started;
    private long drawn;
    private boolean barOnScreen;

    private MavenConsole(Log log, boolean interactive) {
        this.log = log;
        this.interactive = interactive;
    }

    static MavenConsole of(Log log, MavenSession session) {
        boolean terminal = isTerminal() && !"dumb".equals(System.getenv("TERM"));
        return new MavenConsole(log, terminal && session.getRequest().isInteractiveMode());
    }

    /** From Java 22 on there is a console without a terminal, too, and a method to tell. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal() {
        java.io.Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) java.io.Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
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
        wipe();
        switch (finding.severity()) {
            case ERROR -> log.error(finding.print());
            case WARNING -> log.warn(finding.print());
            case NOTE -> log.info(finding.print());
        }
    }

    @Override
    public void expect(long bytes) {
        expected.addAndGet(bytes);
        begin();
    }

    @Override
    public void transferred(long bytes) {
        begin();
        arrived.addAndGet(bytes);
        if (interactive) {
            draw();
        }
    }

    private synchronized void begin() {
        if (started == 0) {
            started = System.nanoTime();
        }
    }

    private synchronized void draw() {
        long now = System.nanoTime();
        if (now - drawn < REDRAW_NANOS) {
            return;
        }
        drawn = now;
        long total = Math.max(expected.get(), arrived.get());
        int filled = total == 0 ? 0 : (int) (arrived.get() * BAR / total);
        System.out.printf(
                Locale.ROOT,
                "\r  [%s%s] %s of %s, %s/s ",
                "#".repeat(filled),
                " ".repeat(BAR - filled),
                size(arrived.get()),
                size(total),
                size(rate(now)));
        System.out.flush();
        barOnScreen = true;
    }

    private long rate(long now) {
        return (long) (arrived.get() / Math.max(1e-3, (now - started) / 1e9));
    }

    private synchronized void finishTransfer() {
        wipe();
        if (arrived.get() > 0) {
            log.info("  downloaded " + size(arrived.get()) + " at " + size(rate(System.nanoTime())) + "/s");
        }
        expected.set(0);
        arrived.set(0);
        started = 0;
    }

    private void wipe() {
        if (barOnScreen) {
            System.out.print("\r" + " ".repeat(BAR + 50) + "\r");
            System.out.flush();
            barOnScreen = false;
        }
    }

    @Override
    public void close() {
        finishTransfer();
    }

    /** Bytes in the unit that people read: {@code 812 B}, {@code 3.4 MB}. */
    static String size(long bytes) {
        if (bytes < 1000) {
            return bytes + " B";
        }
        double value = bytes;
        int unit = -1;
        while (value >= 999.5 && unit < 3) {
            value /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, value < 10 ? "%.1f %sB" : "%.0f %sB", value, "kMGT".charAt(unit));
    }
}
