package io.rosbalena.apt.index;

import io.airlift.compress.zstd.ZstdInputStream;
import io.rosbalena.apt.xz.Xz;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** How an index is packed; the order is the order of preference. */
enum Compression {
    ZSTD(".zst"),
    XZ(".xz"),
    GZIP(".gz"),
    NONE("");

    private final String suffix;

    Compression(String suffix) {
        this.suffix = suffix;
    }

    String suffix() {
        return suffix;
    }

    InputStream open(InputStream packed, long size) throws IOException {
        return switch (this) {
            case ZSTD -> new ZstdInputStream(packed);
            case XZ -> Xz.open(packed, size);
            case GZIP -> new GZIPInputStream(packed, 1 << 16);
            case NONE -> packed;
        };
    }
}
