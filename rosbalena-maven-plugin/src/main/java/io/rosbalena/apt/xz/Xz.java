package io.rosbalena.apt.xz;

import io.rosbalena.tree.Spool;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.tukaani.xz.BasicArrayCache;
import org.tukaani.xz.XZInputStream;

/**
 * Opens {@code .xz} streams ({@code xz(1)}, the format of nearly all Debian packages and indexes). What comes out is the
 * same whoever unpacks it, so the machine's program may do it: it takes half of the time that Java takes, and Java's
 * compiler is spared the decoder.
 */
public final class Xz {
    /** {@code xz -9} wants 65 MiB to unpack; what wants more was made to exhaust memory. */
    static final int MEMORY_KIB = 100 << 10;

    /** Below this many packed bytes, starting a program takes longer than unpacking in Java. */
    private static final long WORTH_A_PROGRAM = 64 << 10;

    private Xz() {}

    /**
     * The unpacked bytes; damage and absurd demands for memory show as {@link IOException} while they are read.
     *
     * @param packed read to its end, or as far as the stream reaches; stays the caller's
     * @param size of the packed bytes, or an estimate of it, which only decides who unpacks
     */
    public static InputStream open(InputStream packed, long size) throws IOException {
        Optional<XzProgram> program = size < WORTH_A_PROGRAM ? Optional.empty() : OfThisMachine.PROGRAM;
        return program.isPresent() ? program.get().open(packed) : inJava(packed);
    }

    /**
     * Unpacks to the end of a spool.
     *
     * @param packed read to its end, or as far as the stream reaches; stays the caller's
     * @param size of the packed bytes
     * @param limit to the unpacked bytes
     * @return whether all was unpacked; nothing was done otherwise, since Java is better at it or this machine has no
     *     program
     * @throws io.rosbalena.tree.MalformedArchiveException if the limit is passed
     * @throws java.nio.file.FileSystemException if the spool's file cannot be written
     */
    public static boolean append(InputStream packed, long size, Spool spool, SizeLimit limit) throws IOException {
        Optional<XzProgram> program = size < WORTH_A_PROGRAM ? Optional.empty() : OfThisMachine.PROGRAM;
        if (program.isEmpty()) {
            return false;
        }
        long before = spool.size();
        program.get().append(packed, spool.file(), () -> limit.check(spool.fileSize() - before));
        spool.takeAdded();
        return true;
    }

    static InputStream inJava(InputStream packed) throws IOException {
        return new XZInputStream(packed, MEMORY_KIB, true, BasicArrayCache.getInstance());
    }

    private static final class OfThisMachine {
        // Asked once, and only by a build that unpacks something.
        static final Optional<XzProgram> PROGRAM = XzProgram.find("xz");
    }
}
