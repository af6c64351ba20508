package io.rosbalena.apt.xz;

import io.rosbalena.tree.BlockStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What a program writes to its standard output; its failure shows at the end, as the failure to read. */
final class ProgramOutput extends BlockStream {
    private final Process process;
    private final ProgramInput input;
    private final InputStream out;
    private boolean ended;

    ProgramOutput(Process process, ProgramInput input) {
        this.process = process;
        this.input = input;
        this.out = process.getInputStream();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = out.read(buffer, offset, length);
        if (read < 0 && !ended) {
            ended = true;
            end();
        }
        return read;
    }

    private void end() throws IOException {
        Optional<IOException> unread = input.end();
        if (unread.isPresent()) {
            throw unread.get();
        }
        String said = said(process);
        try {
            process.waitFor();
            check(process, said);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** What the program said to the user: one line at the most, which fits into the pipe. */
    static String said(Process process) throws IOException {
        return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    /** Throws what a program has said that has ended with a failure. */
    static void check(Process process, String said) throws IOException {
        if (process.exitValue() != 0) {
            if (said.endsWith("Unexpected end of input")) {
                throw new EOFException(said);
            }
            throw new IOException(said.isEmpty() ? "xz ends with " + process.exitValue() : said);
        }
    }

    static InterruptedIOException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        InterruptedIOException interrupted = new InterruptedIOException("interrupted while xz was unpacking");
        interrupted.initCause(e);
        return interrupted;
    }

    /** Ends the program, too, if it still writes. */
    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        input.end();
        out.close();
        process.getErrorStream().close();
    }
}
