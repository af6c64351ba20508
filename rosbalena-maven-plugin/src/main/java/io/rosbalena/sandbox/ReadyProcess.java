package io.rosbalena.sandbox;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/**
 * A process that runs one of our scripts: it says {@code ready} between what it prepares and what the command in it
 * prints. It does not outlive the thread that started it, however that thread ends.
 */
public final class ReadyProcess implements AutoCloseable {
    private static final String READY = "ready";

    private final Process process;
    private final Preparation preparation;
    private final Lines lines;

    private ReadyProcess(Process process, Preparation preparation) {
        this.process = process;
        this.preparation = preparation;
        this.lines = Lines.read(process.getInputStream(), preparation, preparation.decided::countDown);
    }

    /**
     * Starts a script. Its standard input is a pipe whose other end stays open as long as this process lives and the
     * script is not closed; its environment holds the search path, the locale {@code C} and what is given.
     *
     * @param output gets each line after {@code ready}, from another thread
     */
    public static ReadyProcess start(List<String> command, Map<String, String> environment, Consumer<String> output)
            throws IOException {
        List<String> all = new ArrayList<>(List.of(
                // The signal comes when the thread that started the process ends, however that happens: kill -9 too.
                Tool.require("setpriv", "util-linux").toString(), "--pdeathsig", "KILL", "--"));
        all.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(all).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", Tool.searchPath());
        builder.environment().put("LC_ALL", "C");
        builder.environment().putAll(environment);
        return new ReadyProcess(builder.start(), new Preparation(output));
    }

    /** Waits until the script has prepared everything, or has ended; tells whether it is ready. */
    public boolean awaitReady() throws InterruptedException {
        preparation.decided.await();
        return preparation.ready;
    }

    /** Sends the line that a script waits for once it is ready. Nothing happens if it has ended. */
    public void proceed() throws IOException {
        try {
            OutputStream in = process.getOutputStream();
            in.write('\n');
            in.flush();
        } catch (IOException e) {
            // Only the end of all that read there breaks a pipe; the status tells how the script ended.
            if (!"Broken pipe".equals(e.getMessage())) {
                throw e;
            }
        }
    }

    /** What was printed before {@code ready}. */
    public List<String> said() {
        synchronized (preparation.said) {
            return List.copyOf(preparation.said);
        }
    }

    /** The process that was started, which is the parent of all others. */
    public ProcessHandle handle() {
        return process.toHandle();
    }

    /**
     * Waits for the end.
     *
     * @return the exit status, 128 + n for signal n
     */
    public int await() throws IOException, InterruptedException {
        int status = process.waitFor();
        // If it was killed, what it started may still hold its output open; the end of the pipe tells a watcher to end
        // that.
        process.getOutputStream().close();
        lines.await();
        return status;
    }

    /** Kills what is left of it and waits, at most 10 seconds, until the last process has closed its output. */
    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        process.getOutputStream().close();
        lines.awaitQuietly(Duration.ofSeconds(10));
    }

    /** Keeps the lines before {@code ready}, hands on those after it. */
    private static final class Preparation implements Consumer<String> {
        private final Consumer<String> output;
        private final List<String> said = new ArrayList<>();
        private final CountDownLatch decided = new CountDownLatch(1);
        private volatile boolean ready;

        Preparation(Consumer<String> output) {
            this.output = output;
        }

        @Override
        public void accept(String line) {
            if (ready) {
                output.accept(line);
            } else if (line.equals(READY)) {
                ready = true;
                decided.countDown();
            } else {
                synchronized (said) {
                    said.add(line);
                }
            }
        }
    }
}
