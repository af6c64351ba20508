package io.rosbalena.image.gzip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Java encoder against the zlib of the JDK that runs the test. */
class DeflateLevel4Test {
    private final Compressor zlib = new ZlibCompressor();
    private final Compressor ours = new DeflateLevel4();

    private static byte[] compress(Compressor compressor, byte[] raw) {
        ByteBuffer packed = ByteBuffer.allocate(Piece.PACKED_LIMIT);
        compressor.compress(ByteBuffer.wrap(raw), packed);
        return Arrays.copyOf(packed.array(), packed.position());
    }

    private void assertSameAsZlib(byte[] raw, String what) {
        assertThat(compress(ours, raw)).as(what).isEqualTo(compress(zlib, raw));
    }

    @Test
    void givesTheKnownAnswers() {
        assertThat(KnownAnswers.hold(ours)).isTrue();
        assertThat(KnownAnswers.hold(zlib)).isTrue();
    }

    @Test
    void nearlyEmptyInputs() {
        for (int length = 1; length < 600; length++) {
            byte[] noise = new byte[length];
            new Random(length).nextBytes(noise);
            assertSameAsZlib(noise, length + " bytes of noise");
            assertSameAsZlib(new byte[length], length + " zeros");
            assertSameAsZlib(
                    " to be or not to be".repeat(40).substring(0, length).getBytes(), length + " of text");
        }
    }

    @Test
    void runsPatternsAndNoiseOfEveryDensity() {
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            byte[] raw = new byte[1 + random.nextInt(seed % 5 == 0 ? Piece.RAW_LIMIT : 200_000)];
            fill(raw, random);
            assertSameAsZlib(raw, "seed " + seed + ", " + raw.length + " bytes");
        }
    }

    /** Stretches of noise over alphabets of all sizes, runs, and copies from all distances. */
    private static void fill(byte[] raw, Random random) {
        int at = 0;
        while (at < raw.length) {
            int length = Math.min(raw.length - at, 1 + random.nextInt(1 << (2 + random.nextInt(15))));
            int alphabet = 1 + random.nextInt(256);
            int kind = random.nextInt(4);
            int distance = 1 + random.nextInt(Math.max(1, Math.min(at, 40_000)));
            for (int i = 0; i < length; i++, at++) {
                if (kind == 0) {
                    raw[at] = (byte) alphabet;
                } else if (kind == 1 && at >= distance) {
                    raw[at] = raw[at - distance];
                } else {
                    raw[at] = (byte) random.nextInt(alphabet);
                }
            }
        }
    }

    /**
     * Noise with some rare bytes, as frequent as Fibonacci numbers: their code words would have 16 bits and more, and
     * must be shortened.
     */
    @ParameterizedTest
    @ValueSource(ints = {60, 90, 128, 180, 230})
    void codesThatGrowTooLong(int common) {
        for (int rare = 8; rare < 16; rare++) {
            List<Byte> bytes = new ArrayList<>();
            int frequency = 1;
            int before = 1;
            for (int symbol = 0; symbol < rare; symbol++) {
                bytes.addAll(Collections.nCopies(frequency, (byte) (255 - symbol)));
                int next = frequency + before;
                before = frequency;
                frequency = next;
            }
            while (bytes.size() < 16_300) {
                bytes.add((byte) (bytes.size() % common));
            }
            Collections.shuffle(bytes, new Random(rare));
            byte[] raw = new byte[bytes.size()];
            for (int i = 0; i < raw.length; i++) {
                raw[i] = bytes.get(i);
            }
            assertSameAsZlib(raw, rare + " rare and " + common + " common bytes");
        }
    }

    @Test
    void distancesAtTheEdgeOfTheWindow() {
        for (int distance = 32_480; distance <= 32_780; distance += 3) {
            byte[] raw = new byte[200_000];
            new Random(distance).nextBytes(raw);
            for (int i = distance; i < raw.length; i++) {
                if (i / 300 % 2 == 0) {
                    raw[i] = raw[i - distance];
                }
            }
            assertSameAsZlib(raw, "distance " + distance);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/usr/bin/bash", "/usr/bin/python3.11", "/etc/services", "/usr/lib/x86_64-linux-gnu/libc.so.6"})
    void filesOfTheMachine(String name) throws IOException {
        Assumptions.assumeTrue(Files.isReadable(Path.of(name)), () -> "skipped: " + name + " is not here");
        try (InputStream in = Files.newInputStream(Path.of(name))) {
            byte[] raw;
            while ((raw = in.readNBytes(Piece.RAW_LIMIT)).length > 0) {
                assertSameAsZlib(raw, name);
            }
        }
    }

    /** A zlib of another maker: valid streams, other bytes. */
    private static void compressOtherwise(ByteBuffer raw, ByteBuffer packed) {
        Deflater deflater = new Deflater(6, true);
        deflater.setInput(raw);
        deflater.deflate(packed, Deflater.SYNC_FLUSH);
        deflater.end();
    }

    @Test
    void standsInWhereTheMachineHasAnotherZlib() {
        assertThat(Compressors.choose(zlib)).isSameAs(zlib);
        assertThat(Compressors.choose(DeflateLevel4Test::compressOtherwise)).isInstanceOf(DeflateLevel4.class);
    }
}
