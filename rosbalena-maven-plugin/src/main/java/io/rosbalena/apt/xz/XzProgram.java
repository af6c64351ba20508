package io.rosbalena.apt.xz;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The {@code xz} of XZ Utils, or one that understands the same options. */
final class XzProgram {
    /** The word "rosbalena" and a line feed, packed by xz 5.4.1. */
    private static final byte[] QUESTION = Base64.getDecoder()
            .decode("/Td6WFoAAATm1rRGAgAhARYAAAB0L+WjAQAJcm9zYmFsZW5hCgAAAOSXa2z4LxpaAAEiChUa4WcftvN9AQAAAAAEWVo=");

    private static final byte[] ANSWER = "rosbalena\n".getBytes(StandardCharsets.US_ASCII);

    private final List<String> command;

    private XzProgram(String name) {
        this.command = List.of(
                name,
                "--format=xz",
                "--decompress",
                "--stdout",
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
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeAll(List.of("XZ_DEFAULTS", "XZ_OPT"));
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        return new ProgramOutput(process, ProgramInput.begin(packed, process.getOutputStream()));
    }
}
