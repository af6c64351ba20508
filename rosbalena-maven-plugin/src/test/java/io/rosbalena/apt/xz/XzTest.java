package io.rosbalena.apt.xz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rosbalena.store.FileFinding;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class XzTest {
    private static final byte[] CONTENT = content();

    @TempDir
    Path folder;

    @Test
    void theProgramAndJavaGiveTheSameBytes() throws IOException {
        byte[] packed = packed();
        try (InputStream in = program().open(new ByteArrayInputStream(packed));
                InputStream java = Xz.inJava(new ByteArrayInputStream(packed))) {
            assertThat(in.readAllBytes()).isEqualTo(CONTENT).isEqualTo(java.readAllBytes());
        }
    }

    @Test
    void theProgramWritesTheSameBytesBehindWhatAFileHolds() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "before");
        List<Long> sizes = new ArrayList<>();
        program().append(new ByteArrayInputStream(packed()), file, () -> sizes.add(Files.size(file)));
        byte[] written = Files.readAllBytes(file);
        assertThat(Arrays.copyOfRange(written, 6, written.length)).isEqualTo(CONTENT);
        assertThat(sizes).last().isEqualTo(6L + CONTENT.length);
    }

    @Test
    void whatIsDamagedOrCutIsToldOfAFileToo() throws IOException {
        byte[] damaged = packed();
        damaged[damaged.length / 2] ^= 1;
        Path file = folder.resolve("file");
        assertThatIOException()
                .isThrownBy(() -> program().append(new ByteArrayInputStream(damaged), file, () -> {}))
                .withMessageContaining("Compressed data is corrupt");
        byte[] cut = Arrays.copyOf(packed(), damaged.length - 100);
        assertThatIOException()
                .isThrownBy(() -> program().append(new ByteArrayInputStream(cut), file, () -> {}))
                .isInstanceOf(EOFException.class);
    }

    @Test
    void theProgramEndsWithTheFirstLookAtTooMuch() throws IOException {
        byte[] packed = packed();
        // Never ends by itself.
        InputStream endless = new SequenceInputStream(new Enumeration<>() {
            @Override
            public boolean hasMoreElements() {
                return true;
            }

            @Override
            public InputStream nextElement() {
                return new ByteArrayInputStream(packed);
            }
        });
        Path file = folder.resolve("file");
        long limit = 10L * CONTENT.length;
        assertThatIOException()
                .isThrownBy(() -> program().append(endless, file, () -> {
                    if (Files.size(file) > limit) {
                        throw new IOException("too much");
                    }
                }))
                .withMessage("too much");
        long size = Files.size(file);
        assertThat(size).isGreaterThan(limit);
        assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    @Test
    void aFullDiskIsToldAsThat() {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "this machine has no /dev/full");
        assertThatExceptionOfType(FileSystemException.class)
                .isThrownBy(() -> program().append(new ByteArrayInputStream(packed()), full, () -> {}))
                .satisfies(e -> assertThat(FileFinding.isFull(e.getReason())).isTrue());
    }

    @Test
    void smallAndLargeMembersAreUnpacked() throws IOException {
        byte[] packed = packed();
        for (long size : new long[] {0, Long.MAX_VALUE}) {
            try (InputStream in = Xz.open(new ByteArrayInputStream(packed), size)) {
                assertThat(in.readAllBytes()).isEqualTo(CONTENT);
            }
        }
    }

    @Test
    void damageShowsAtTheEndOfWhatTheProgramGives() throws IOException {
        byte[] damaged = packed();
        damaged[damaged.length / 2] ^= 1;
        try (InputStream in = program().open(new ByteArrayInputStream(damaged))) {
            assertThatIOException().isThrownBy(in::readAllBytes).withMessageContaining("Compressed data is corrupt");
        }
    }

    @Test
    void aCutMemberIsToldFromADamagedOne() throws IOException {
        byte[] packed = packed();
        byte[] cut = Arrays.copyOf(packed, packed.length - 100);
        try (InputStream in = program().open(new ByteArrayInputStream(cut))) {
            assertThatIOException().isThrownBy(in::readAllBytes).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void whatWantsMoreMemoryThanAnyPackageIsRefused() throws IOException {
        byte[] packed = packed();
        demandHalfAGibibyte(packed);
        try (InputStream in = program().open(new ByteArrayInputStream(packed))) {
            assertThatIOException().isThrownBy(in::readAllBytes).withMessageContaining("Memory usage limit");
        }
    }

    @Test
    void aMemberThatCannotBeReadIsToldAsThat() throws IOException {
        InputStream broken = new SequenceInputStream(
                new ByteArrayInputStream(packed(), 0, 1000), new FailingStream("the disk does not answer"));
        try (InputStream in = program().open(broken)) {
            assertThatIOException().isThrownBy(in::readAllBytes).withMessage("the disk does not answer");
        }
    }

    @Test
    void whoeverStopsEarlyHasTheMemberBack() throws IOException {
        byte[] packed = packed();
        InputStream many = new SequenceInputStream(Collections.enumeration(Collections.nCopies(100, packed).stream()
                .map(ByteArrayInputStream::new)
                .toList()));
        try (InputStream in = program().open(many)) {
            assertThat(in.readNBytes(10)).isEqualTo(Arrays.copyOf(CONTENT, 10));
        }
        int left = many.readAllBytes().length;
        assertThat(left).isPositive();
        assertThat(many.read()).isNegative();
    }

    /** Fails at the first byte. */
    private static final class FailingStream extends InputStream {
        private final String why;

        FailingStream(String why) {
            this.why = why;
        }

        @Override
        public int read() throws IOException {
            throw new IOException(why);
        }
    }

    @Test
    void aProgramThatIsNotThereIsNotUsed() {
        assertThat(XzProgram.find("no-such-xz")).isEmpty();
    }

    @Test
    void aProgramThatGivesSomethingElseIsNotUsed() throws IOException {
        Path liar = Files.writeString(folder.resolve("xz"), "#!/bin/sh\necho something else\n");
        Files.setPosixFilePermissions(liar, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(XzProgram.find(liar.toString())).isEmpty();
    }

    @Test
    void aProgramThatDoesNotKnowTheOptionsIsNotUsed() throws IOException {
        Path refusing = Files.writeString(folder.resolve("xz"), "#!/bin/sh\necho unrecognized option >&2\nexit 1\n");
        Files.setPosixFilePermissions(refusing, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(XzProgram.find(refusing.toString())).isEmpty();
    }

    private static XzProgram program() {
        Optional<XzProgram> program = XzProgram.find("xz");
        assumeTrue(program.isPresent(), "this machine has no xz (Debian: xz-utils)");
        return program.orElseThrow();
    }

    private static byte[] packed() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (XZOutputStream out = new XZOutputStream(bytes, new LZMA2Options(1))) {
            out.write(CONTENT);
        }
        return bytes.toByteArray();
    }

    /** Changes the dictionary's size in the header of the first block (xz-file-format.txt, 3.1 and 5.3.1). */
    private static void demandHalfAGibibyte(byte[] packed) {
        int header = 12;
        int size = (packed[header] + 1) * 4;
        packed[header + 4] = 34;
        CRC32 sum = new CRC32();
        sum.update(packed, header, size - 4);
        ByteBuffer.wrap(packed).order(ByteOrder.LITTLE_ENDIAN).putInt(header + size - 4, (int) sum.getValue());
    }

    private static byte[] content() {
        Random random = new Random(1);
        byte[] bytes = new byte[1 << 18];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) random.nextInt(1 + i % 97);
        }
        return bytes;
    }
}
