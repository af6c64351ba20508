package io.rosbalena.image.gzip;

/** Chooses the compressor of this machine. */
public final class Compressors {
    private Compressors() {}

    /**
     * The JDK's own zlib where it gives the bytes that every machine must give, else ours in Java: other bytes would be
     * other digests, and robots would download what they have.
     */
    public static Compressor ofThisMachine() {
        return Native.CHOSEN;
    }

    /** The preferred compressor if it gives the known answers, else the one in Java. */
    public static Compressor choose(Compressor preferred) {
        return KnownAnswers.hold(preferred) ? preferred : new DeflateLevel4();
    }

    private static final class Native {
        // Asked once, and only by a build that compresses something.
        static final Compressor CHOSEN = choose(new ZlibCompressor());
    }
}
