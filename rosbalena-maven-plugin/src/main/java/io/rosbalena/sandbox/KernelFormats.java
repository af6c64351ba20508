package io.rosbalena.sandbox;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which programs of other processors this machine's kernel hands to an interpreter, as binfmt_misc shows it
 * (admin-guide/binfmt-misc.rst).
 *
 * @param folder {@code /proc/sys/fs/binfmt_misc}
 */
record KernelFormats(Path folder) {
    static final KernelFormats OF_THIS_MACHINE = new KernelFormats(Path.of("/proc/sys/fs/binfmt_misc"));

    /** Whether it can be read at all. */
    boolean isShown() {
        return Files.exists(folder.resolve("status"));
    }

    /** What keeps programs of a processor from being run in any root; empty if nothing does. */
    Optional<String> lacking(Processor processor) throws IOException {
        if (!isShown()) {
            return Optional.of("binfmt_misc is not mounted at " + folder);
        }
        if (!text(folder.resolve("status")).startsWith("enabled")) {
            return Optional.of("binfmt_misc is switched off");
        }
        List<String> reasons = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                String name = String.valueOf(entry.getFileName());
                if (!name.equals("status") && !name.equals("register")) {
                    String text = text(entry);
                    Map<String, String> fields = fields(text);
                    if (takes(fields, processor)) {
                        if (!text.startsWith("enabled")) {
                            reasons.add("its entry " + name + " is switched off");
                        } else if (!fields.getOrDefault("flags:", "").contains("F")) {
                            reasons.add("its entry " + name + " lacks the flag F, so that "
                                    + fields.getOrDefault("interpreter", "the interpreter")
                                    + " is looked for in the root where the program runs");
                        } else {
                            return Optional.empty();
                        }
                    }
                }
            }
        }
        reasons.sort(null);
        return Optional.of(
                reasons.isEmpty()
                        ? "binfmt_misc has no entry for " + processor.name()
                        : "binfmt_misc: " + String.join("; ", reasons));
    }

    private static boolean takes(Map<String, String> fields, Processor processor) {
        String magic = fields.getOrDefault("magic", "");
        if (!magic.matches("([0-9a-f]{2})+")
                || !fields.getOrDefault("offset", "0").equals("0")) {
            return false;
        }
        byte[] wanted = HexFormat.of().parseHex(magic);
        byte[] mask = HexFormat.of().parseHex(fields.getOrDefault("mask", "ff".repeat(wanted.length)));
        byte[] program = ForeignProgram.beginning(processor);
        if (wanted.length > program.length || mask.length != wanted.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (((program[i] ^ wanted[i]) & mask[i]) != 0) {
                return false;
            }
        }
        return true;
    }

    private static Map<String, String> fields(String text) {
        Map<String, String> fields = new TreeMap<>();
        text.lines()
                .map(line -> line.split(" ", 2))
                .filter(parts -> parts.length == 2)
                .forEach(parts -> fields.put(parts[0], parts[1].strip()));
        return fields;
    }

    private static String text(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            // Taken away meanwhile.
            return "";
        }
    }
}
