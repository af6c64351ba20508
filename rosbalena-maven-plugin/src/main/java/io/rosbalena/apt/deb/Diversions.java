package io.rosbalena.apt.deb;

import io.rosbalena.tree.TreePath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where dpkg puts files of some packages instead of where these have them ({@code dpkg-divert(1)}): the file {@code
 * /var/lib/dpkg/diversions}.
 *
 * @param all in the order of the file
 */
public record Diversions(List<Diversion> all) {
    /** None. */
    public static final Diversions NONE = new Diversions(List.of());

    /**
     * One file.
     *
     * @param from where packages have it
     * @param to where it goes
     * @param owner the package whose own file stays at {@code from}; a colon where every package's file goes
     */
    public record Diversion(TreePath from, TreePath to, String owner) {}

    public Diversions {
        all = List.copyOf(all);
    }

    /** Reads the file: three lines each; what has another form is passed over. */
    public static Diversions parse(String text) {
        List<String> lines = text.lines().toList();
        List<Diversion> all = new ArrayList<>();
        for (int i = 0; i + 2 < lines.size(); i += 3) {
            if (isPath(lines.get(i)) && isPath(lines.get(i + 1))) {
                all.add(new Diversion(
                        TreePath.parse(lines.get(i)), TreePath.parse(lines.get(i + 1)), lines.get(i + 2)));
            }
        }
        return new Diversions(all);
    }

    private static boolean isPath(String line) {
        return line.startsWith("/") && !line.contains("/../") && !line.endsWith("/..");
    }

    /** The diversion of a path, as packages name it. */
    public Optional<Diversion> of(TreePath from) {
        return all.stream().filter(one -> one.from().equals(from)).findFirst();
    }

    /** Where a package's files stand: those that are diverted from it at their other place. */
    public PathRewrite around(PathRewrite rewrite, String packageName) {
        Map<TreePath, TreePath> diverted = new HashMap<>();
        all.stream().filter(one -> !one.owner().equals(packageName)).forEach(one -> diverted.put(one.from(), one.to()));
        return diverted.isEmpty() ? rewrite : new Diverting(rewrite, diverted);
    }

    private record Diverting(PathRewrite rewrite, Map<TreePath, TreePath> diverted) implements PathRewrite {
        @Override
        public TreePath apply(TreePath directory) {
            return rewrite.apply(directory);
        }

        @Override
        public TreePath place(TreePath path) {
            return rewrite.place(diverted.getOrDefault(path, path));
        }
    }
}
