package io.rosbalena.apt.xz;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The {@code xz} of XZ Utils, or one that understands the same options. */
final class XzProgram {
    /** The word "rosbalena" and a line feed, packed by xz 5.4.1. */
    private static final byte[] QUESTION = Base64.getDecoder()
            .decode("/Td6WFoAAATm1rRGAgAhARYAAAB0L+WjAQAJcm9zYmFsZW5hCgAAAOSXa2z4LxpaAAEiChUa4WcftvN9AQAAAAAEWVo=");

    private static final byte[] ANSWER = "rosbalena\n".getBytes(StandardCharsets.US_ASCII);

    private static final int BETWEEN_LOOKS = 50;

    private final List<String> command;

    private XzProgram(String name) {
        this.command = List.of(
                name,
                "--format=xz",
                "--decompress",
                "--stdout",
                "--no-sparse",
                "--threads=1",
                "--memlimit-decompress=" + Xz.MEMORY_KIB + "KiB");
    }

    /**
     * The program if this machine has it and it unpacks what it is asked, with our options. BusyBox has one of the same
     * name that has not.
     *
     * @param name looked up in this process's PATH
     */
    static Optional<XzProgram> find(String name) {
        XzProgram program = new XzProgram(name);
        try (InputStream answer = program.open(new ByteArrayInputStream(QUESTION))) {
            return Arrays.equals(answer.readAllBytes(), ANSWER) ? Optional.of(program) : Optional.empty();
        } catch (IOException e) {
            // That is the answer: unpacking in Java gives the same bytes.
            return Optional.empty();
        }
    }

    /** Starts the program on all of the packed bytes. */
    InputStream open(InputStream packed) throws IOException {
        Process process = builder().start();
        return new ProgramOutput(process, ProgramInput.begin(packed, process.getOutputStream()));
    }

    /**
     * Lets the program write to the end of a file itself: to hand on what it writes costs more than to write it.
     *
     * @param watch is asked again and again while the program writes; what it throws ends the program
     */
    void append(InputStream packed, Path file, Watch watch) throws IOException {
        Process process = builder()
                .redirectOutput(ProcessBuilder.Redirect.appendTo(file.toFile()))
                .start();
        try {
            Optional<IOException> unread = ProgramInput.copy(packed, process.getOutputStream(), watch);
            while (!process.waitFor(BETWEEN_LOOKS, TimeUnit.MILLISECONDS)) {
                watch.look();
            }
            if (unread.isPresent()) {
                throw unread.get();
            }
            String said = ProgramOutput.said(process);
            if (process.exitValue() != 0 && said.contains("Write error")) {
                throw new FileSystemException(file.toString(), null, said);
            }
            ProgramOutput.check(process, said);
            watch.look();
        } catch (InterruptedException e) {
            throw ProgramOutput.interrupted(e);
        } finally {
            end(process);
        }
    }

    /** Looks at what a program writes. */
    @FunctionalInterface
    interface Watch {
        /** @throws IOException if it is too much */
        void look() throws IOException;
    }

    /** Waits for the end, too, so that whoever cuts the file afterwards does it for good. */
    private static void end(Process process) throws IOException {
        boolean interrupted = false;
        while (process.isAlive()) {
            process.destroyForcibly();
            try {
                process.waitFor();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        process.getErrorStream().close();
    }

    private ProcessBuilder builder() {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeAll(List.of("XZ_DEFAULTS", "XZ_OPT"));
        builder.environment().put("LC_ALL", "C");
        return builder;
    }
}
