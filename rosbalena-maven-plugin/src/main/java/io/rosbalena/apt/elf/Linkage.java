package io.rosbalena.apt.elf;

import io.rosbalena.json.JsonValue;
import io.rosbalena.tree.Content;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What must be found before a program or shared object can be used.
 *
 * @param wide whether addresses have 64 bits
 * @param machine {@code e_machine}
 * @param interpreter the loader that the kernel starts a program with; empty for a shared object
 * @param needed names of libraries, in the order of the loader
 * @param rpath see {@link ElfObject#rpath}
 * @param runpath see {@link ElfObject#runpath}
 */
public record Linkage(
        boolean wide, int machine, String interpreter, List<String> needed, String rpath, String runpath) {
    public Linkage {
        needed = List.copyOf(needed);
    }

    /**
     * Reads it off a file; empty for a file that is no such object, and for one whose names lead out of it, which the
     * loader does not take either.
     */
    public static Optional<Linkage> read(Content content) throws IOException {
        Optional<ElfObject> found = ElfObject.read(content);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        ElfObject object = found.get();
        try {
            return Optional.of(new Linkage(
                    object.isWide(),
                    object.machine(),
                    object.interpreter(),
                    object.needed(),
                    object.rpath(),
                    object.runpath()));
        } catch (EOFException e) {
            return Optional.empty();
        }
    }

    /** As plain JSON values. */
    public Map<String, Object> encode() {
        return Map.of(
                "wide", wide,
                "machine", (long) machine,
                "interpreter", interpreter,
                "needed", needed,
                "rpath", rpath,
                "runpath", runpath);
    }

    /** Reads what {@link #encode} wrote. */
    public static Linkage decode(JsonValue document) throws IOException {
        return new Linkage(
                document.get("wide").flag(),
                (int) document.get("machine").number(),
                document.get("interpreter").string(),
                document.get("needed").strings(),
                document.get("rpath").string(),
                document.get("runpath").string());
    }
}
