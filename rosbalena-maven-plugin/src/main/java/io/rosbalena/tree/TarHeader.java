package io.rosbalena.tree;

import java.util.Map;

/**
 * What a tar archive says of one entry, before its content.
 *
 * @param path where it stands; the root for the entry {@code ./}
 * @param type what it is
 * @param mode permission bits, 0 to 07777
 * @param uid numeric owner
 * @param gid numeric group
 * @param userName owner's name, empty when not given
 * @param groupName group's name, empty when not given
 * @param mtime whole seconds since 1970
 * @param target text of a symbolic link, or path of a hard link's file; otherwise empty
 * @param offset where the content begins, bytes from the archive's start
 * @param size bytes of content; 0 unless {@link Type#FILE}
 * @param extended records of the pax header that are not told by the other fields, extended attributes for example
 */
public record TarHeader(
        TreePath path,
        Type type,
        int mode,
        long uid,
        long gid,
        String userName,
        String groupName,
        long mtime,
        String target,
        long offset,
        long size,
        Map<String, String> extended) {

    /** The kinds of entry that tar knows. */
    public enum Type {
        FILE,
        DIRECTORY,
        SYMLINK,
        HARDLINK,
        CHARACTER_DEVICE,
        BLOCK_DEVICE,
        FIFO
    }

    public TarHeader {
        extended = Map.copyOf(extended);
    }

    /** Whether this is a device node or a pipe, which no tree may hold. */
    public boolean isSpecial() {
        return type.compareTo(Type.HARDLINK) > 0;
    }

    /**
     * The entry of a tree.
     *
     * @param content its bytes; {@link Content#EMPTY} for everything but a file
     * @throws MalformedArchiveException for a device node or pipe
     */
    public Entry entry(Content content) throws MalformedArchiveException {
        Entry.Kind kind = switch (type) {
            case FILE -> Entry.Kind.FILE;
            case DIRECTORY -> Entry.Kind.DIRECTORY;
            case SYMLINK -> Entry.Kind.SYMLINK;
            case HARDLINK -> Entry.Kind.HARDLINK;
            case CHARACTER_DEVICE, BLOCK_DEVICE -> throw special("a device node");
            case FIFO -> throw special("a named pipe");
        };
        return new Entry(path, kind, mode, uid, gid, mtime, target, size, content);
    }

    private MalformedArchiveException special(String what) {
        return new MalformedArchiveException("/" + path + " is " + what + ", which is never unpacked");
    }
}
