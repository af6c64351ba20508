package io.rosbalena.image.gzip;

import io.rosbalena.store.Digest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/**
 * Tells whether a compressor gives the bytes that every machine must give. zlib has given the same bytes at level 4 for
 * decades, but a JDK may run on a library that only speaks zlib's interface (zlib-ng, Intel's and Cloudflare's forks).
 * The answers were measured with zlib 1.2.13 (Debian 12) and with the zlib 1.3.2 inside Temurin 25.
 */
final class KnownAnswers {
    private static final List<String> ANSWERS = List.of(
            "01136077fc872b37ea5a8cc19be99f5ec65ecabd409d597c7f701ce7aac85949",
            "8e4cf01d2a33fc3b2e267598d81dae0f267b8b70e83340fabea7ff7a8eb64402",
            "9ce268e4a76726a530ae4d0d7291de54de62cfa4aa7bd1f95e53b597ec6dd20f",
            "686408ece1c31c34a8a57d8896046b2d40f7ff26993ac2d7d77aeb42fbda788f",
            "adaf0ac9c6942f0c68010fc7cd6e63c096a84609ad0e3475900cdffa5255d774",
            "8cb66c8cd094aa293ce3b4f3ca9c47c2e66d0bb6d3eaeed005ce81bb9f2eb84a");

    private KnownAnswers() {}

    /** Whether the compressor gives the known bytes for every question. */
    static boolean hold(Compressor compressor) {
        ByteBuffer packed = ByteBuffer.allocateDirect(Piece.PACKED_LIMIT);
        for (int i = 0; i < ANSWERS.size(); i++) {
            byte[] input = question(i);
            packed.clear();
            compressor.compress(
                    ByteBuffer.allocateDirect(input.length).put(input).flip(), packed);
            byte[] answer = new byte[packed.flip().remaining()];
            packed.get(answer);
            if (!Digest.of(answer).hex().equals(ANSWERS.get(i))) {
                return false;
            }
        }
        return true;
    }

    static int count() {
        return ANSWERS.size();
    }

    /** Inputs that take every path of the algorithm: text, code-like records, noise, long runs, next to nothing. */
    static byte[] question(int number) {
        Random random = new Random(number);
        return switch (number) {
            case 0 -> words(random, 200_000);
            case 1 -> records(random, 300_000);
            case 2 -> noise(random, 100_000);
            case 3 -> new byte[150_000];
            case 4 -> skewed(random, 120_000);
            default -> new byte[] {'a'};
        };
    }

    private static byte[] words(Random random, int length) {
        StringBuilder text = new StringBuilder(length + 16);
        while (text.length() < length) {
            int word = random.nextInt(1 + random.nextInt(2000));
            text.append(Integer.toString(word * 7919, 36)).append(random.nextInt(12) == 0 ? '\n' : ' ');
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] records(Random random, int length) {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        for (int i = 0; bytes.remaining() >= 24; i++) {
            bytes.putInt(0x48890000 | random.nextInt(300)).putInt(i).putLong(0x400000L + 16L * random.nextInt(5000));
            bytes.putLong(i % 50 == 0 ? random.nextLong() : 0);
        }
        return bytes.array();
    }

    private static byte[] noise(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] skewed(Random random, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            int bits = random.nextInt();
            bytes[i] = (byte) (bits & (bits >> 8) & (bits >> 16));
        }
        return bytes;
    }
}
