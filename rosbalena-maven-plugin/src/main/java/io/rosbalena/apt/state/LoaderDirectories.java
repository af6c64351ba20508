package io.rosbalena.apt.state;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Where ldconfig looks: {@code /etc/ld.so.conf} with what it includes, then the directories built in (ldconfig(8)). */
final class LoaderDirectories {
    private static final int DEEPEST_INCLUDE = 10;
    private static final Map<String, String> TRIPLETS = Map.of(
            "amd64", "x86_64-linux-gnu",
            "arm64", "aarch64-linux-gnu",
            "armhf", "arm-linux-gnueabihf",
            "i386", "i386-linux-gnu",
            "riscv64", "riscv64-linux-gnu");

    private final StateDraft draft;
    private final Set<String> directories = new LinkedHashSet<>();

    private LoaderDirectories(StateDraft draft) {
        this.draft = draft;
    }

    static List<String> of(String architecture, StateDraft draft) throws IOException {
        LoaderDirectories found = new LoaderDirectories(draft);
        found.read("/etc/ld.so.conf", 0);
        String triplet = TRIPLETS.get(architecture);
        if (triplet != null) {
            found.directories.add("/lib/" + triplet);
            found.directories.add("/usr/lib/" + triplet);
        }
        found.directories.add("/lib");
        found.directories.add("/usr/lib");
        return List.copyOf(found.directories);
    }

    private void read(String file, int depth) throws IOException {
        for (String line : draft.text(file).orElse("").lines().toList()) {
            String text = line.replaceFirst("#.*", "").strip();
            if (text.startsWith("include ") || text.startsWith("include\t")) {
                for (String pattern : text.substring(8).strip().split("\\s+", -1)) {
                    // A relative pattern is meant from where the file that includes stands.
                    String absolute =
                            pattern.startsWith("/") ? pattern : file.substring(0, file.lastIndexOf('/') + 1) + pattern;
                    for (String included : matching(absolute)) {
                        if (depth < DEEPEST_INCLUDE) {
                            read(included, depth + 1);
                        }
                    }
                }
            } else if (text.startsWith("/")) {
                String directory = text.replaceFirst("\\s*=\\s*libc[456]?$", "");
                directories.add(directory.replaceFirst("(?<=.)/+$", ""));
            }
        }
    }

    /** The files that a pattern of glob(7) means, sorted. */
    private List<String> matching(String pattern) throws IOException {
        List<String> found = List.of("");
        for (String part : pattern.substring(1).split("/+", -1)) {
            List<String> next = new ArrayList<>();
            for (String directory : found) {
                if (Glob.literal(part) == part.length()) {
                    next.add(directory + "/" + part);
                    continue;
                }
                Pattern names = Glob.pattern(part);
                for (String name : draft.names(directory.isEmpty() ? "/" : directory)) {
                    if (names.matcher(name).matches() && (part.startsWith(".") || !name.startsWith("."))) {
                        next.add(directory + "/" + name);
                    }
                }
            }
            found = next;
        }
        return found;
    }
}
