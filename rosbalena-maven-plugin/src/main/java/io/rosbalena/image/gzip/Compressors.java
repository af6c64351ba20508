package io.rosbalena.image.gzip;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;

/** Chooses the compressor of this machine. */
public final class Compressors {
    private Compressors() {}

    /**
     * The JDK's own zlib where it gives the bytes that every machine must give.
     *
     * @throws FindingException RB450 where it does not: other bytes would be other digests, and robots would download
     *     what they have
     */
    public static Compressor ofThisMachine() {
        return Native.CHOSEN;
    }

    /** The preferred compressor if it gives the known answers. */
    static Compressor choose(Compressor preferred) {
        if (KnownAnswers.hold(preferred)) {
            return preferred;
        }
        throw FindingException.environment(
                Finding.error("RB450", "this JDK compresses with a zlib that gives other bytes than zlib does")
                        .fix("Run Maven on a JDK with the standard zlib, for example Eclipse Temurin 17 or later."));
    }

    private static final class Native {
        // Asked once, and only by a build that compresses something.
        static final Compressor CHOSEN = choose(new ZlibCompressor());
    }
}
