package io.rosbalena.apt.index;

import io.airlift.compress.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.tukaani.xz.XZInputStream;

/** How an index is packed; the order is the order of preference. */
enum Compression {
    ZSTD(".zst"),
    XZ(".xz"),
    GZIP(".gz"),
    NONE("");

    /** {@code xz -9} needs 65 MiB to unpack; whoever asks for more means harm. */
    private static final int XZ_MEMORY_KIB = 96 << 10;

    private final String suffix;

    Compression(String suffix) {
        this.suffix = suffix;
    }

    String suffix() {
        return suffix;
    }

    InputStream open(InputStream packed) throws IOException {
        return switch (this) {
            case ZSTD -> new ZstdInputStream(packed);
            case XZ -> new XZInputStream(packed, XZ_MEMORY_KIB);
            case GZIP -> new GZIPInputStream(packed, 1 << 16);
            case NONE -> packed;
        };
    }
}
