package io.rosbalena.apt.state;

import io.rosbalena.apt.elf.ElfObject;
import io.rosbalena.tree.Content;
import io.rosbalena.tree.TreePath;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Reads from an ELF shared object what ldconfig reads: machine, soname, ABI note (kind of library as {@code
 * sysdeps/generic/ldconfig.h} of glibc numbers them). Anything odd makes it no library, as for ldconfig.
 */
final class ElfLibrary {
    private static final int LIBC6 = 3;
    private static final int PT_NOTE = 4;
    private static final int EF_ARM_ABI_FLOAT_HARD = 0x400;

    private ElfLibrary() {}

    /** What was found; a library without its place. */
    record Found(int flags, String soname, int osVersion) {
        LibraryFact at(TreePath path) {
            return new LibraryFact(path, flags, soname, osVersion);
        }
    }

    /** ldconfig looks only at files with such a name. */
    static boolean isNamedLikeOne(String name) {
        return (name.startsWith("lib") || name.startsWith("ld-"))
                && name.contains(".so")
                && !name.endsWith(".dpkg-new")
                && !name.endsWith(".dpkg-tmp");
    }

    static Optional<Found> read(Content content) throws IOException {
        Optional<ElfObject> object = ElfObject.read(content).filter(one -> one.type() == ElfObject.SHARED);
        if (object.isEmpty()) {
            return Optional.empty();
        }
        Optional<Integer> flags = flags(object.get());
        try {
            return flags.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Found(flags.get(), object.get().soname(), osVersion(object.get())));
        } catch (EOFException e) {
            // Its headers lead out of the file: ldconfig passes over such a file, too.
            return Optional.empty();
        }
    }

    private static Optional<Integer> flags(ElfObject object) {
        return switch (object.machine()) {
            case 62 -> Optional.of((object.isWide() ? 0x0300 : 0x0800) | LIBC6);
            case 3 -> Optional.of(LIBC6);
            case 183 -> Optional.of(0x0a00 | LIBC6);
            case 40 -> Optional.of(((object.flags() & EF_ARM_ABI_FLOAT_HARD) != 0 ? 0x0900 : 0x0b00) | LIBC6);
            case 243 -> Optional.of(0x1000 | LIBC6);
            default -> Optional.empty();
        };
    }

    /** The note "GNU" of type 1: operating system and oldest kernel (gABI Linux extensions, NT_GNU_ABI_TAG). */
    private static int osVersion(ElfObject object) throws IOException {
        for (ElfObject.Segment segment : object.segments()) {
            if (segment.type() == PT_NOTE && segment.size() >= 32) {
                ByteBuffer note = object.range(segment.offset(), 32);
                boolean abiTag = note.getInt(0) == 4
                        && note.getInt(4) == 16
                        && note.getInt(8) == 1
                        && note.getInt(12) == 0x00554e47;
                if (abiTag) {
                    return (note.getInt(16) << 24)
                            | ((note.getInt(20) & 0xff) << 16)
                            | ((note.getInt(24) & 0xff) << 8)
                            | (note.getInt(28) & 0xff);
                }
            }
        }
        return 0;
    }
}
