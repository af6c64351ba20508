package io.rosbalena.apt.state;

import io.rosbalena.tree.Entry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a base's dpkg is told not to unpack: {@code path-exclude} and {@code path-include} of dpkg.cfg(5). Images of
 * distributions leave manuals out in this way.
 */
final class PathFilters {
    private static final String FOLDER = "/etc/dpkg/dpkg.cfg.d";
    private static final Pattern LINE = Pattern.compile("path-(exclude|include)\\s*[=\\s]\\s*\"?(.*?)\"?\\s*");

    private final List<Filter> filters = new ArrayList<>();

    private record Filter(boolean include, String glob, Pattern pattern) {}

    private PathFilters() {}

    static PathFilters of(BaseFiles base) throws IOException {
        PathFilters all = new PathFilters();
        for (String name : base.list(FOLDER)) {
            if (name.matches("[A-Za-z0-9_-]+")) {
                all.read(base, FOLDER + "/" + name);
            }
        }
        all.read(base, "/etc/dpkg/dpkg.cfg");
        return all;
    }

    private void read(BaseFiles base, String file) throws IOException {
        String text = new String(base.read(file).orElse(new byte[0]), StandardCharsets.UTF_8);
        for (String line : text.lines().toList()) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                String glob = matcher.group(2);
                filters.add(new Filter(matcher.group(1).equals("include"), glob, Glob.pattern(glob)));
            }
        }
    }

    /**
     * Whether a file of a package stays out: the last filter that matches decides; a directory or link stays where a file
     * below it may come in.
     */
    boolean leavesOut(FileFact file) {
        String path = file.path().absolute();
        boolean out = false;
        for (Filter filter : filters) {
            if (filter.pattern().matcher(path).matches()) {
                out = !filter.include();
            }
        }
        if (out && (file.kind() == Entry.Kind.DIRECTORY || file.kind() == Entry.Kind.SYMLINK)) {
            return filters.stream().filter(Filter::include).noneMatch(filter -> path.startsWith(start(filter)));
        }
        return out;
    }

    private static String start(Filter filter) {
        return filter.glob().substring(0, Glob.literal(filter.glob())).replaceFirst("/+$", "");
    }
}
