package io.rosbalena.image.gzip;

/**
 * A run of raw bytes that was compressed on its own.
 *
 * @param packed bytes of its deflated form
 * @param raw bytes before compression, 1 to {@link #RAW_LIMIT}
 * @param crc CRC-32 of the raw bytes
 */
public record Piece(int packed, int raw, int crc) {
    /** Where a stream of bytes is cut, 1 MiB: large enough to cost under 0.5 % in size, small enough for many cores. */
    public static final int RAW_LIMIT = 1 << 20;

    /** More than the deflated form of any piece: bytes that do not compress grow by five in every 16,383. */
    public static final int PACKED_LIMIT = RAW_LIMIT + 4096;

    public Piece {
        if (raw < 1 || raw > RAW_LIMIT || packed < 1 || packed > PACKED_LIMIT) {
            throw new IllegalArgumentException("not a piece: " + raw + " bytes in " + packed);
        }
    }
}
