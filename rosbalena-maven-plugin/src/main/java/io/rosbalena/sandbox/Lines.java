package io.rosbalena.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hands on a stream line by line while a process writes it, in a thread of its own: a thread that reads a pipe cannot be
 * interrupted. A line of more than 64 KiB is handed on in pieces, so that no output fills the memory.
 */
public final class Lines {
    private static final int LONGEST = 1 << 16;

    private final Thread thread;
    private volatile @Nullable RuntimeException thrown;
    private volatile @Nullable IOException broken;

    private Lines(InputStream in, Consumer<String> consumer, Runnable end) {
        this.thread = new Thread(
                () -> {
                    pump(in, consumer);
                    end.run();
                },
                "output of a process");
        thread.setDaemon(true);
    }

    /** Starts reading; bytes that are not UTF-8 become replacement characters. */
    public static Lines read(InputStream in, Consumer<String> consumer) {
        return read(in, consumer, () -> {});
    }

    /** Starts reading, and tells the end of the stream too. */
    static Lines read(InputStream in, Consumer<String> consumer, Runnable end) {
        Lines lines = new Lines(in, consumer, end);
        lines.thread.start();
        return lines;
    }

    /** Waits for the end of the stream, and throws again what the consumer threw. */
    public void await() throws IOException, InterruptedException {
        thread.join();
        RuntimeException failure = thrown;
        if (failure != null) {
            throw failure;
        }
        IOException end = broken;
        if (end != null) {
            throw end;
        }
    }

    /** Waits for the end of the stream without throwing: at most the given time, however often it is interrupted. */
    void awaitQuietly(Duration most) {
        long end = System.nanoTime() + most.toNanos();
        boolean interrupted = false;
        while (thread.isAlive() && System.nanoTime() < end) {
            try {
                thread.join(Math.max(1, (end - System.nanoTime()) / 1_000_000));
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void pump(InputStream in, Consumer<String> consumer) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        byte[] buffer = new byte[1 << 13];
        try (in) {
            int read;
            while ((read = in.read(buffer)) >= 0) {
                for (int i = 0; i < read; i++) {
                    if (buffer[i] == '\n' || line.size() >= LONGEST) {
                        emit(line, consumer);
                    }
                    if (buffer[i] != '\n') {
                        line.write(buffer[i]);
                    }
                }
            }
            if (line.size() > 0) {
                emit(line, consumer);
            }
        } catch (IOException e) {
            broken = e;
        }
    }

    /** After the consumer has thrown, the rest is still read, so that the process does not stand on a full pipe. */
    private void emit(ByteArrayOutputStream line, Consumer<String> consumer) {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        if (thrown == null) {
            try {
                consumer.accept(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
            } catch (RuntimeException e) {
                thrown = e;
            }
        }
    }
}
