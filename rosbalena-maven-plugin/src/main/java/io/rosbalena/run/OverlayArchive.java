package io.rosbalena.run;

import io.rosbalena.tree.TarHeader;
import io.rosbalena.tree.TarReader;
import io.rosbalena.tree.TreePath;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Rewrites a layer's tar archive in the form that overlayfs reads from a directory: whiteouts of OCI image-spec {@code
 * layer.md} become character devices 0:0, opaque whiteouts the attribute {@code user.overlay.opaque} (kernel
 * documentation, {@code overlayfs.rst}, mount option {@code userxattr}). Device nodes are left out, since only the
 * machine's root could make them.
 */
final class OverlayArchive {
    static final String OPAQUE = "overlay.opaque";

    private static final String WHITEOUT = ".wh.";
    private static final String OPAQUE_WHITEOUT = ".wh..wh..opq";

    private final TarArchiveOutputStream out;
    // Directories seen so far, since an opaque whiteout may stand after its directory.
    private final Map<TreePath, TarHeader> directories = new HashMap<>();
    private final List<TreePath> opaque = new ArrayList<>();
    private int devices;

    private OverlayArchive(TarArchiveOutputStream out) {
        this.out = out;
    }

    /**
     * What was found besides files.
     *
     * @param opaque directories that hide what lower layers have there
     * @param devices how many device nodes were left out
     */
    record Summary(List<TreePath> opaque, int devices) {
        Summary {
            opaque = List.copyOf(opaque);
        }
    }

    /** Rewrites one archive; neither stream is closed. */
    static Summary rewrite(InputStream in, OutputStream out) throws IOException {
        TarArchiveOutputStream tar = new TarArchiveOutputStream(out, StandardCharsets.UTF_8.name());
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        OverlayArchive archive = new OverlayArchive(tar);
        TarReader reader = new TarReader(in);
        for (Optional<TarHeader> next = reader.next(); next.isPresent(); next = reader.next()) {
            archive.add(next.get(), reader);
        }
        for (TreePath path : archive.opaque) {
            archive.addOpaque(path);
        }
        tar.finish();
        return new Summary(archive.opaque, archive.devices);
    }

    private void add(TarHeader header, TarReader reader) throws IOException {
        String name = header.path().name();
        if (header.path().isRoot()) {
            return;
        }
        if (name.equals(OPAQUE_WHITEOUT)) {
            opaque.add(header.path().parent());
            return;
        }
        if (name.startsWith(WHITEOUT)) {
            put(hidden(header.path()), TarConstants.LF_CHR, 0, header);
            return;
        }
        switch (header.type()) {
            case DIRECTORY -> {
                directories.put(header.path(), header);
                put(header.path(), TarConstants.LF_DIR, header.mode(), header);
            }
            case SYMLINK, HARDLINK -> {
                boolean symbolic = header.type() == TarHeader.Type.SYMLINK;
                TarArchiveEntry entry = entry(
                        header.path(),
                        symbolic ? TarConstants.LF_SYMLINK : TarConstants.LF_LINK,
                        header.mode(),
                        header);
                entry.setLinkName(header.target());
                out.putArchiveEntry(entry);
                out.closeArchiveEntry();
            }
            case FIFO -> put(header.path(), TarConstants.LF_FIFO, header.mode(), header);
            case CHARACTER_DEVICE, BLOCK_DEVICE -> devices++;
            case FILE -> {
                TarArchiveEntry entry = entry(header.path(), TarConstants.LF_NORMAL, header.mode(), header);
                entry.setSize(header.size());
                out.putArchiveEntry(entry);
                reader.content().transferTo(out);
                out.closeArchiveEntry();
            }
        }
    }

    private static TreePath hidden(TreePath whiteout) throws IOException {
        try {
            return whiteout.parent().resolve(whiteout.name().substring(WHITEOUT.length()));
        } catch (IllegalArgumentException e) {
            throw new IOException("the whiteout \"" + whiteout + "\" names no file", e);
        }
    }

    private void addOpaque(TreePath path) throws IOException {
        TarHeader known = directories.get(path);
        TarArchiveEntry entry = known == null
                ? new TarArchiveEntry(path.text() + "/", TarConstants.LF_DIR)
                : entry(path, TarConstants.LF_DIR, known.mode(), known);
        entry.addPaxHeader("SCHILY.xattr.user." + OPAQUE, "y");
        out.putArchiveEntry(entry);
        out.closeArchiveEntry();
    }

    private void put(TreePath path, byte type, int mode, TarHeader header) throws IOException {
        out.putArchiveEntry(entry(path, type, mode, header));
        out.closeArchiveEntry();
    }

    private static TarArchiveEntry entry(TreePath path, byte type, int mode, TarHeader header) {
        String name = type == TarConstants.LF_DIR ? path.text() + "/" : path.text();
        TarArchiveEntry entry = new TarArchiveEntry(name, type);
        entry.setMode(mode);
        entry.setUserId(header.uid());
        entry.setGroupId(header.gid());
        entry.setModTime(header.mtime() * 1000);
        return entry;
    }
}
