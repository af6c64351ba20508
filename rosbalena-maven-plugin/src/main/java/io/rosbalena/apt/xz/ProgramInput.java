package io.rosbalena.apt.xz;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Writes to a program's standard input on a thread of its own, since the program stops reading while nobody takes what
 * it writes. No file in between: to create and delete one for each package costs more than the thread.
 */
final class ProgramInput {
    private static final int BLOCK = 1 << 16;

    private final CompletableFuture<Optional<IOException>> end = new CompletableFuture<>();

    private ProgramInput() {}

    /**
     * Begins to write.
     *
     * @param bytes read until they or the program end; the caller's again after {@link #end}
     */
    static ProgramInput begin(InputStream bytes, OutputStream program) {
        ProgramInput input = new ProgramInput();
        Thread thread = new Thread(() -> input.run(bytes, program), "xz input");
        thread.setDaemon(true);
        thread.start();
        return input;
    }

    /** Waits until all is written or the program takes no more; gives what kept us from reading, if something did. */
    Optional<IOException> end() {
        return end.join();
    }

    private void run(InputStream bytes, OutputStream program) {
        try {
            end.complete(copy(bytes, program, () -> {}));
        } catch (Throwable e) {
            end.completeExceptionally(e);
        }
    }

    /**
     * Writes all bytes, or as many as the program takes; gives what kept us from reading, if something did.
     *
     * @param watch is asked after each block; what it throws ends the copy
     */
    static Optional<IOException> copy(InputStream bytes, OutputStream program, XzProgram.Watch watch)
            throws IOException {
        byte[] block = new byte[BLOCK];
        try {
            while (true) {
                int read;
                try {
                    read = bytes.read(block);
                } catch (IOException e) {
                    return Optional.of(e);
                }
                if (read < 0 || !takes(() -> program.write(block, 0, read))) {
                    return Optional.empty();
                }
                watch.look();
            }
        } finally {
            takes(program::close);
        }
    }

    private interface Write {
        void run() throws IOException;
    }

    /** False if the program takes no more: it has ended, and its exit status says why. */
    private static boolean takes(Write write) {
        try {
            write.run();
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
