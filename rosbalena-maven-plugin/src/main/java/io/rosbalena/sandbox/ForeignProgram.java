package io.rosbalena.sandbox;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.Map;

/** The smallest program for a processor, which ends with status 0: whether it runs tells whether any does. */
final class ForeignProgram {
    /** The call of Linux that ends a program, with 0: {@code exit} is 93 on AArch64 and 60 on x86-64. */
    private static final Map<Integer, String> EXIT = Map.of(
            183, "a80b80d2" + "000080d2" + "010000d4",
            62, "b83c000000" + "31ff" + "0f05");

    private static final int EXECUTABLE = 2;
    private static final int SHARED = 3;
    private static final int HEADER = 64;
    private static final int SEGMENT = 56;
    private static final long ADDRESS = 0x400000;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private ForeignProgram() {}

    /** Its file, of ELF's 64-bit little-endian form (elf(5)). */
    static byte[] of(Processor processor) {
        byte[] code = HexFormat.of().parseHex(EXIT.getOrDefault(processor.machine(), ""));
        if (code.length == 0) {
            throw new IllegalArgumentException("no program is known for " + processor);
        }
        int size = HEADER + SEGMENT + code.length;
        ForeignProgram file = new ForeignProgram();
        file.bytes.writeBytes(beginning(processor, EXECUTABLE));
        file.number(4, 1);
        file.number(8, ADDRESS + HEADER + SEGMENT);
        file.number(8, HEADER);
        file.number(8, 0);
        file.number(4, 0);
        file.number(2, HEADER);
        file.number(2, SEGMENT);
        file.number(2, 1);
        file.number(6, 0);
        // One segment (PT_LOAD) that is read and executed: the whole file.
        file.number(4, 1);
        file.number(4, 5);
        file.number(8, 0);
        file.number(8, ADDRESS);
        file.number(8, ADDRESS);
        file.number(8, size);
        file.number(8, size);
        file.number(8, 0x10000);
        file.bytes.writeBytes(code);
        return file.bytes.toByteArray();
    }

    /**
     * How the kernel is told that an interpreter runs all programs for a processor
     * (admin-guide/binfmt-misc.rst): the first 20 bytes of their files, and which bits of these count. With the flag F the
     * interpreter is opened now, since a root of its own has none; with P the program learns by which name it is called.
     */
    static String format(Processor processor, String interpreter) {
        StringBuilder mask = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            // Neither the version of the ABI nor what is reserved; and ET_EXEC (2) counts as ET_DYN (3), as programs of
            // today are.
            boolean any = i >= 7 && i < 16;
            mask.append(any ? "\\x00" : i == 16 ? "\\xfe" : "\\xff");
        }
        return ":rosbalena-" + processor.name() + ":M::" + escaped(beginning(processor, EXECUTABLE), "\\x") + ":" + mask
                + ":" + interpreter + ":FP";
    }

    /** Bytes as text, each as an escape with two digits. */
    private static String escaped(byte[] bytes, String prefix) {
        return HexFormat.of().withPrefix(prefix).formatHex(bytes);
    }

    /** Bytes as {@code printf} of a shell takes them (POSIX): octal. */
    static String printf(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (byte one : bytes) {
            int value = one & 0xff;
            text.append('\\')
                    .append((char) ('0' + (value >> 6)))
                    .append((char) ('0' + ((value >> 3) & 7)))
                    .append((char) ('0' + (value & 7)));
        }
        return text.toString();
    }

    /** The first 20 bytes of programs as compilers make them today, which may stand anywhere in memory. */
    static byte[] beginning(Processor processor) {
        return beginning(processor, SHARED);
    }

    private static byte[] beginning(Processor processor, int type) {
        ForeignProgram start = new ForeignProgram();
        start.bytes.writeBytes(HexFormat.of().parseHex("7f454c46" + "020101" + "000000000000000000"));
        start.number(2, type);
        start.number(2, processor.machine());
        return start.bytes.toByteArray();
    }

    private void number(int length, long value) {
        for (int i = 0; i < length; i++) {
            bytes.write((int) (i < 8 ? value >> (8 * i) : 0) & 0xff);
        }
    }
}
