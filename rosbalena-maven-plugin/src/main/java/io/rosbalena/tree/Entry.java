package io.rosbalena.tree;

/**
 * One file, directory or link.
 *
 * @param path where it stands
 * @param kind what it is
 * @param mode permission bits, 0 to 07777
 * @param uid numeric owner
 * @param gid numeric group
 * @param mtime whole seconds since 1970
 * @param target for a symbolic link its text; for a hard link the path (as {@link TreePath#text}) of an earlier regular
 *     file of the same tree; otherwise empty
 * @param size bytes of content; 0 unless {@link Kind#FILE}
 * @param content the bytes of a regular file; {@link Content#EMPTY} for everything else
 */
public record Entry(
        TreePath path, Kind kind, int mode, long uid, long gid, long mtime, String target, long size, Content content) {

    /** The kinds of entry that an image layer may hold. Device nodes never occur in what we build. */
    public enum Kind {
        DIRECTORY,
        FILE,
        SYMLINK,
        HARDLINK
    }

    /** 2000-01-01T00:00:00Z, the time of every file and directory that is generated. */
    public static final long EPOCH = 946684800L;

    public Entry {
        if (mode < 0 || mode > 07777) {
            throw new IllegalArgumentException("mode out of range for " + path + ": " + Integer.toOctalString(mode));
        }
        if (size < 0 || (kind != Kind.FILE && size != 0)) {
            throw new IllegalArgumentException("size out of range for " + path + ": " + size);
        }
        boolean link = kind == Kind.SYMLINK || kind == Kind.HARDLINK;
        if (link == target.isEmpty()) {
            throw new IllegalArgumentException(kind + " with target \"" + target + "\" at " + path);
        }
    }

    /** A directory of root with the constant time. */
    public static Entry directory(TreePath path, int mode) {
        return new Entry(path, Kind.DIRECTORY, mode, 0, 0, EPOCH, "", 0, Content.EMPTY);
    }

    /** A file of root with the constant time. */
    public static Entry file(TreePath path, int mode, byte[] bytes) {
        return new Entry(path, Kind.FILE, mode, 0, 0, EPOCH, "", bytes.length, Content.of(bytes));
    }

    /**
     * The same with bytes that stand elsewhere.
     *
     * @param size how many there are
     */
    public static Entry file(TreePath path, int mode, long size, Content content) {
        return new Entry(path, Kind.FILE, mode, 0, 0, EPOCH, "", size, content);
    }

    /** A symbolic link of root with the constant time. */
    public static Entry symlink(TreePath path, String target) {
        return new Entry(path, Kind.SYMLINK, 0777, 0, 0, EPOCH, target, 0, Content.EMPTY);
    }

    /** The same entry at another place. */
    public Entry at(TreePath other) {
        return new Entry(other, kind, mode, uid, gid, mtime, target, size, content);
    }

    public Entry withMode(int other) {
        return new Entry(path, kind, other, uid, gid, mtime, target, size, content);
    }

    public Entry withOwner(long newUid, long newGid) {
        return new Entry(path, kind, mode, newUid, newGid, mtime, target, size, content);
    }

    public Entry withTime(long seconds) {
        return new Entry(path, kind, mode, uid, gid, seconds, target, size, content);
    }

    public boolean isDirectory() {
        return kind == Kind.DIRECTORY;
    }

    public boolean isFile() {
        return kind == Kind.FILE;
    }

    public boolean isSymlink() {
        return kind == Kind.SYMLINK;
    }
}
