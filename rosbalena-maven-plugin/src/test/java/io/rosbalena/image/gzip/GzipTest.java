package io.rosbalena.image.gzip;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class GzipTest {
    private static int crc(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    @Test
    void theChecksumOfTheWholeComesFromThoseOfTheParts() {
        byte[] whole = new byte[3_000_000];
        new Random(1).nextBytes(whole);
        Crc32Sum sum = new Crc32Sum();
        int at = 0;
        for (int length : new int[] {0, 1, 1, 7, 512, 1 << 20, 100_001, 0}) {
            sum.add(crc(Arrays.copyOfRange(whole, at, at + length)), length);
            at += length;
        }
        sum.add(crc(Arrays.copyOfRange(whole, at, whole.length)), whole.length - at);
        assertThat(sum.crc()).isEqualTo(crc(whole));
        assertThat(sum.length()).isEqualTo(whole.length);
    }

    @Test
    void aPieceComesBackAsItWas() throws Exception {
        PieceBuffer buffer = new PieceBuffer();
        for (int question = 0; question < KnownAnswers.count(); question++) {
            byte[] raw = KnownAnswers.question(question);
            buffer.clear().raw().put(raw);
            Piece piece = buffer.pack(Compressors.ofThisMachine());
            assertThat(piece.raw()).isEqualTo(raw.length);
            byte[] packed = new byte[buffer.packed().remaining()];
            buffer.packed().get(packed);
            buffer.clear().packed().put(packed);
            buffer.unpack(piece);
            assertThat(buffer.raw()).isEqualTo(ByteBuffer.wrap(raw));
        }
    }

    @Test
    void noiseFitsTheRoomOfAPiece() {
        byte[] raw = new byte[Piece.RAW_LIMIT];
        new Random(2).nextBytes(raw);
        PieceBuffer buffer = new PieceBuffer();
        buffer.clear().raw().put(raw);
        assertThat(buffer.pack(Compressors.ofThisMachine()).packed())
                .isBetween(Piece.RAW_LIMIT, Piece.PACKED_LIMIT - 1000);
    }
}
