package io.rosbalena.tree;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a tar archive entry by entry: ustar, GNU long names and pax headers (POSIX.1-2001). Trusts nothing: a name or
 * hard link with {@code ..}, a wrong checksum, a sparse file, an unknown type and a truncated archive are each a
 * {@link MalformedArchiveException}. Leading slashes are dropped, so that every path stands below the root. The stream
 * stays the caller's.
 */
public final class TarReader {
    /** Names and pax headers above this size occur only in archives made to exhaust memory. */
    private static final long LONGEST_NAME = 1 << 20;

    private final CountedStream archive;
    private MemberStream content;
    private long padding;
    private boolean ended;

    /** Reads every byte of a stream. */
    public TarReader(InputStream in) {
        this(new CountedStream(in, false));
    }

    private TarReader(CountedStream archive) {
        this.archive = archive;
        this.content = new MemberStream(archive, "", 0);
    }

    /** Reads a stream whose bytes nobody else wants, and skips contents that are not asked for. */
    public static TarReader skipping(InputStream in) {
        return new TarReader(new CountedStream(in, true));
    }

    /** The next entry, or nothing at the archive's end. What was left unread of the last one is passed over. */
    public Optional<TarHeader> next() throws IOException {
        Map<String, String> pax = new HashMap<>();
        while (!ended) {
            pass();
            byte[] bytes = new byte[TarBlock.SIZE];
            int read = archive.fill(bytes);
            if (read == 0) {
                // The end mark may be missing, as every other reader accepts it.
                ended = true;
                break;
            }
            if (read < bytes.length) {
                throw new MalformedArchiveException("the tar archive ends in the middle of a header");
            }
            if (TarBlock.isZero(bytes)) {
                end();
                break;
            }
            TarBlock block = new TarBlock(bytes, archive.position() - TarBlock.SIZE);
            switch (block.flag()) {
                case 'L' -> pax.put("path", longName(block));
                case 'K' -> pax.put("linkpath", longName(block));
                case 'x' -> pax.putAll(PaxRecords.parse(extension(block)));
                case 'g' -> PaxRecords.parse(extension(block));
                default -> {
                    return Optional.of(header(block, pax));
                }
            }
        }
        if (!pax.isEmpty()) {
            throw new MalformedArchiveException("the tar archive ends after an extended header");
        }
        return Optional.empty();
    }

    /** The content of the entry that {@link #next} gave, readable once; need not be closed. */
    public InputStream content() {
        return content;
    }

    private TarHeader header(TarBlock block, Map<String, String> pax) throws IOException {
        String name = pax.getOrDefault("path", block.name());
        TarHeader.Type type = type(block, name);
        TreePath path = path(name, name);
        String target = switch (type) {
            case SYMLINK -> pax.getOrDefault("linkpath", block.target());
            case HARDLINK ->
                path(pax.getOrDefault("linkpath", block.target()), name).text();
            default -> "";
        };
        if (target.isEmpty() && (type == TarHeader.Type.SYMLINK || type == TarHeader.Type.HARDLINK)) {
            throw new MalformedArchiveException("\"" + name + "\" is a link to nothing");
        }
        if (target.indexOf('\0') >= 0) {
            throw new MalformedArchiveException("the link \"" + name + "\" has a NUL in its target");
        }
        // Some writers repeat the size of the file at its links, or count a directory's; no content follows.
        long size = type == TarHeader.Type.FILE ? size(block, pax, name) : 0;
        start(name, size);
        return new TarHeader(
                path,
                type,
                block.mode(),
                PaxRecords.number(pax, "uid").orElse(block.uid()),
                PaxRecords.number(pax, "gid").orElse(block.gid()),
                pax.getOrDefault("uname", block.userName()),
                pax.getOrDefault("gname", block.groupName()),
                PaxRecords.number(pax, "mtime").orElse(block.mtime()),
                target,
                archive.position(),
                size,
                PaxRecords.rest(pax));
    }

    private static TarHeader.Type type(TarBlock block, String name) throws MalformedArchiveException {
        return switch (block.flag()) {
            case '0', '7' -> TarHeader.Type.FILE;
            case '\0' -> name.endsWith("/") ? TarHeader.Type.DIRECTORY : TarHeader.Type.FILE;
            case '1' -> TarHeader.Type.HARDLINK;
            case '2' -> TarHeader.Type.SYMLINK;
            case '3' -> TarHeader.Type.CHARACTER_DEVICE;
            case '4' -> TarHeader.Type.BLOCK_DEVICE;
            case '5' -> TarHeader.Type.DIRECTORY;
            case '6' -> TarHeader.Type.FIFO;
            default ->
                throw new MalformedArchiveException("\"" + name + "\" has the unknown tar type " + (int) block.flag());
        };
    }

    private static long size(TarBlock block, Map<String, String> pax, String name) throws MalformedArchiveException {
        if (!pax.isEmpty() && pax.keySet().stream().anyMatch(key -> key.startsWith("GNU.sparse."))) {
            throw new MalformedArchiveException("\"" + name + "\" is a sparse file, which is not supported");
        }
        long size = PaxRecords.number(pax, "size").orElse(block.size());
        if (size < 0) {
            throw new MalformedArchiveException("\"" + name + "\" has a negative size");
        }
        return size;
    }

    private static TreePath path(String name, String entry) throws MalformedArchiveException {
        try {
            return TreePath.parse(name);
        } catch (IllegalArgumentException e) {
            throw new MalformedArchiveException(
                    name.equals(entry)
                            ? "the name \"" + name + "\" leaves the root"
                            : "the hard link \"" + entry + "\" leaves the root: \"" + name + "\"",
                    e);
        }
    }

    private String longName(TarBlock block) throws IOException {
        byte[] name = extension(block);
        int length = name.length;
        while (length > 0 && name[length - 1] == 0) {
            length--;
        }
        return TarBlock.utf8(name, 0, length);
    }

    private byte[] extension(TarBlock block) throws IOException {
        if (block.size() < 0 || block.size() > LONGEST_NAME) {
            throw new MalformedArchiveException("an extended tar header of " + block.size() + " bytes");
        }
        start("extended header", block.size());
        return content.readAllBytes();
    }

    private void start(String name, long size) {
        content = new MemberStream(archive, name, size);
        padding = -size & (TarBlock.SIZE - 1);
    }

    private void pass() throws IOException {
        content.drain();
        byte[] pad = new byte[(int) padding];
        if (archive.fill(pad) < pad.length) {
            throw new MalformedArchiveException("the tar archive ends in the middle of a block");
        }
        padding = 0;
    }

    /** Reads to the end of the stream: a digest or a compression checksum underneath wants every byte. */
    private void end() throws IOException {
        ended = true;
        byte[] rest = new byte[1 << 13];
        while (archive.fill(rest) == rest.length) {
            // Blocks after the end mark are filling.
        }
    }
}
