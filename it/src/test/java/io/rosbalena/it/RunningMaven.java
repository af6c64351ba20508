package io.rosbalena.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A Maven build that is going on, and what it printed so far. */
final class RunningMaven implements AutoCloseable {
    private final Process process;
    private final StringBuilder output = new StringBuilder();
    private final Thread reader;
    private boolean ended;

    RunningMaven(Process process) {
        this.process = process;
        this.reader = new Thread(this::read, "maven-output");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            String line;
            while ((line = lines.readLine()) != null) {
                append(line);
            }
        } catch (IOException e) {
            append("the output broke off: " + e);
        }
        synchronized (this) {
            ended = true;
            notifyAll();
        }
    }

    private synchronized void append(String line) {
        output.append(line).append('\n');
        notifyAll();
    }

    /** Waits until these words were printed; false if the build ended without them. */
    synchronized boolean awaitWords(String words) throws InterruptedException {
        while (output.indexOf(words) < 0) {
            if (ended) {
                return false;
            }
            wait();
        }
        return true;
    }

    /** The processes that the build has started, and those they have. */
    List<ProcessHandle> descendants() {
        return process.descendants().toList();
    }

    /** Sends a signal to Maven's Java machine, for example {@code INT}: {@code mvn} becomes that process. */
    void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .inheritIO()
                .start();
        kill.waitFor();
    }

    /** Waits for the end. */
    NestedMaven.Result await() throws InterruptedException {
        int status = process.waitFor();
        reader.join();
        synchronized (this) {
            return new NestedMaven.Result(status, output.toString());
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
