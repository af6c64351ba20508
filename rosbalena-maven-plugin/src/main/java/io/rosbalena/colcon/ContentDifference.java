package io.rosbalena.colcon;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** How two files that should be the same differ: of texts the line, of machine code the sections, of others the byte. */
final class ContentDifference {
    /** What a person writes is smaller. */
    private static final long LARGEST_TEXT = 16L << 20;

    /** Enough to see it, and to guess the cause. */
    private static final int SHOWN = 160;

    private ContentDifference() {}

    /**
     * @param place what the file is called
     * @param one content after the first compile
     * @param other content after the second one, which is another
     */
    static FileDifference of(String place, Path one, Path other) throws IOException {
        Optional<FileDifference> machineCode = ofMachineCode(place, one, other);
        if (machineCode.isPresent()) {
            return machineCode.get();
        }
        Optional<List<String>> lines = lines(one);
        Optional<List<String>> others = lines(other);
        return lines.isPresent() && others.isPresent()
                ? ofLines(place, lines.get(), others.get())
                : ofBytes(place, Files.mismatch(one, other), one, other);
    }

    private static Optional<FileDifference> ofMachineCode(String place, Path one, Path other) throws IOException {
        try (FileChannel first = FileChannel.open(one);
                FileChannel second = FileChannel.open(other)) {
            return ElfDifference.of(place, first, second);
        } catch (IndexOutOfBoundsException e) {
            // A file that does not read as ELF is data.
            return Optional.empty();
        }
    }

    private static FileDifference ofLines(String place, List<String> one, List<String> other) {
        int line = 0;
        while (line < one.size() && line < other.size() && one.get(line).equals(other.get(line))) {
            line++;
        }
        if (line == one.size() || line == other.size()) {
            // The line end of the last line, at the least.
            return new FileDifference(
                    place, "it has " + one.size() + " lines the first time and " + other.size() + " the second");
        }
        boolean moved =
                one.stream().sorted().toList().equals(other.stream().sorted().toList());
        return of(
                place,
                "line " + (line + 1) + " is ",
                one.get(line),
                other.get(line),
                moved ? Optional.of(DifferenceCause.ORDER) : Optional.empty());
    }

    private static FileDifference ofBytes(String place, long at, Path one, Path other) throws IOException {
        String where = "byte " + at + " is the first that differs, of " + Files.size(one) + " and " + Files.size(other);
        if (isGzip(one) && at >= 4 && at < 8) {
            return new FileDifference(
                    place, where + "; gzip writes a time there (gzip -n does not)", Optional.of(DifferenceCause.TIME));
        }
        Optional<String> first = printable(around(one, at), at);
        Optional<String> second = printable(around(other, at), at);
        return first.isPresent() && second.isPresent()
                ? of(place, where + ": ", first.get(), second.get(), Optional.empty())
                : new FileDifference(place, where);
    }

    private static boolean isGzip(Path file) throws IOException {
        ByteBuffer start = around(file, 0);
        return start.remaining() > 2 && (start.get(0) & 0xff) == 0x1f && (start.get(1) & 0xff) == 0x8b;
    }

    private static ByteBuffer around(Path file, long at) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            long start = Math.max(0, at - SHOWN);
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.max(0, Math.min(channel.size() - start, 2L * SHOWN)));
            channel.position(start);
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // Goes on.
            }
            return bytes.flip();
        }
    }

    private static Optional<String> printable(ByteBuffer bytes, long at) {
        return printable(bytes, (int) Math.min(at, SHOWN));
    }

    /** The text that a byte stands in; empty if it stands in none. */
    static Optional<String> printable(ByteBuffer bytes, int at) {
        int start = at;
        while (start > 0 && isPrintable(bytes.get(start - 1)) && at - start < SHOWN) {
            start--;
        }
        int end = at;
        while (end < bytes.limit() && isPrintable(bytes.get(end)) && end - at < SHOWN) {
            end++;
        }
        // A few printable bytes in a row are chance.
        if (end - start < 6) {
            return Optional.empty();
        }
        byte[] text = new byte[end - start];
        bytes.get(start, text);
        return Optional.of(new String(text, StandardCharsets.US_ASCII));
    }

    private static boolean isPrintable(byte one) {
        return one >= ' ' && one < 0x7f;
    }

    /** Shows two texts side by side. */
    static FileDifference of(String place, String where, String one, String other, Optional<DifferenceCause> known) {
        int same = 0;
        while (same < one.length() && same < other.length() && one.charAt(same) == other.charAt(same)) {
            same++;
        }
        int start = Math.max(0, same - SHOWN / 2);
        String first = cut(one, start);
        String second = cut(other, start);
        return new FileDifference(
                place,
                where + "\"" + first + "\" the first time, \"" + second + "\" the second",
                known.isPresent() ? known : DifferenceCause.of(first, second));
    }

    private static String cut(String text, int start) {
        return text.substring(start, Math.min(text.length(), start + SHOWN));
    }

    private static Optional<List<String>> lines(Path file) throws IOException {
        if (Files.size(file) > LARGEST_TEXT) {
            return Optional.empty();
        }
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(Files.readAllBytes(file)));
            return text.toString().indexOf('\0') < 0
                    ? Optional.of(text.toString().lines().toList())
                    : Optional.empty();
        } catch (CharacterCodingException e) {
            // No text.
            return Optional.empty();
        }
    }
}
