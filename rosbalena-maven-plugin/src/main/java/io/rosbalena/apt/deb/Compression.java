package io.rosbalena.apt.deb;

import io.airlift.compress.MalformedInputException;
import io.airlift.compress.zstd.ZstdInputStream;
import io.rosbalena.apt.xz.SizeLimit;
import io.rosbalena.apt.xz.Xz;
import io.rosbalena.tree.ArReader;
import io.rosbalena.tree.BlockStream;
import io.rosbalena.tree.MalformedArchiveException;
import io.rosbalena.tree.Spool;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.util.zip.GZIPInputStream;

/** The compressions of a package's members, told by the end of the member's name ({@code deb(5)}). */
final class Compression {
    private Compression() {}

    /** Whether this is {@code base} itself or a compressed form of it that we can read. */
    static boolean knows(String member, String base) {
        return member.equals(base)
                || member.equals(base + ".xz")
                || member.equals(base + ".zst")
                || member.equals(base + ".gz");
    }

    /**
     * The member's content unpacked, to be closed; damage shows as {@link MalformedArchiveException} with the member's
     * name.
     */
    static InputStream open(ArReader.Member member, InputStream in) throws IOException {
        return open(member.name(), member.size(), in);
    }

    /**
     * Unpacks the member's content to the end of a spool; damage shows as {@link MalformedArchiveException} with the
     * member's name.
     */
    static void unpack(ArReader.Member member, InputStream in, Spool spool, SizeLimit limit) throws IOException {
        if (member.name().endsWith(".xz")) {
            try {
                if (Xz.append(in, member.size(), spool, limit)) {
                    return;
                }
            } catch (FileSystemException e) {
                throw e;
            } catch (IOException e) {
                throw damaged(member.name(), e);
            }
        }
        try (InputStream unpacked = open(member, in)) {
            byte[] block = new byte[1 << 16];
            long size = 0;
            for (int read = unpacked.read(block); read >= 0; read = unpacked.read(block)) {
                size += read;
                limit.check(size);
                spool.write(block, 0, read);
            }
        }
    }

    private static InputStream open(String member, long size, InputStream in) throws IOException {
        try {
            return new Unpacked(member, decompressor(member, size, in));
        } catch (IOException e) {
            throw damaged(member, e);
        }
    }

    private static InputStream decompressor(String member, long size, InputStream in) throws IOException {
        return switch (member.substring(member.lastIndexOf('.') + 1)) {
            case "xz" -> Xz.open(in, size);
            case "zst" -> new ZstdInputStream(in);
            case "gz" -> new GZIPInputStream(in, 1 << 16);
            default -> in;
        };
    }

    private static MalformedArchiveException damaged(String member, Exception cause) {
        if (cause instanceof MalformedArchiveException malformed) {
            return malformed;
        }
        String what = cause instanceof EOFException ? "truncated" : "damaged (" + cause.getMessage() + ")";
        return new MalformedArchiveException("its member " + member + " is " + what, cause);
    }

    /** Gives the failures of all decompressors one form. */
    private static final class Unpacked extends BlockStream {
        private final String member;
        private final InputStream in;

        Unpacked(String member, InputStream in) {
            this.member = member;
            this.in = in;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            try {
                return in.read(buffer, offset, length);
            } catch (IOException | MalformedInputException e) {
                throw damaged(member, e);
            }
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
