package io.rosbalena.apt.state;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
                    for (String included : matching(pattern)) {
                        if (depth < DEEPEST_INCLUDE) {
                            read(included, depth + 1);
                        }
                    }
                }
            } else if (text.startsWith("/")) {
                directories.add(text.replaceFirst("(?<=.)/+$", ""));
            }
        }
    }

    private List<String> matching(String pattern) throws IOException {
        String absolute = pattern.startsWith("/") ? pattern : "/etc/" + pattern;
        int slash = absolute.lastIndexOf('/');
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + absolute.substring(slash + 1));
        List<String> files = new ArrayList<>();
        for (String name : draft.names(absolute.substring(0, slash))) {
            if (matcher.matches(Path.of(name)) && !name.startsWith(".")) {
                files.add(absolute.substring(0, slash + 1) + name);
            }
        }
        return files;
    }
}
