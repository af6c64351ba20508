package io.rosbalena.tree;

import java.util.Arrays;
import java.util.List;

/**
 * Where an entry stands in a tree: relative, {@code /}-separated, without empty, {@code .} or {@code ..} components.
 * The root itself is the empty path. Ordered by components, so that a directory stands directly before what it holds.
 *
 * @param text for example {@code usr/lib/os-release}
 */
public record TreePath(String text) implements Comparable<TreePath> {
    /** The root directory. */
    public static final TreePath ROOT = new TreePath("");

    public TreePath {
        if (!text.isEmpty() && !isInside(text, 0, text.length())) {
            throw new IllegalArgumentException("not a path inside a tree: \"" + text + "\"");
        }
    }

    /** Looks at each character once: paths are made by the hundred thousand. */
    private static boolean isInside(String text, int from, int to) {
        int start = from;
        for (int end = from; end <= to; end++) {
            char here = end < to ? text.charAt(end) : '/';
            if (here == '\0' || (here == '/' && leadsElsewhere(text, start, end))) {
                return false;
            }
            if (here == '/') {
                start = end + 1;
            }
        }
        return true;
    }

    /** Whether a component is empty, {@code .} or {@code ..}. */
    private static boolean leadsElsewhere(String text, int start, int end) {
        return end == start || (end - start <= 2 && text.charAt(start) == '.' && text.charAt(end - 1) == '.');
    }

    /**
     * Reads a name as archives write it: {@code ./usr/bin/}, {@code usr/bin} and {@code /usr/bin} are the same.
     *
     * @throws IllegalArgumentException if it has a {@code ..} component or a NUL: such a name would leave the root
     */
    public static TreePath parse(String name) {
        // Nearly every name of an archive is clean but for what it begins and ends with.
        int start = name.startsWith("./") ? 2 : 0;
        int end = name.length() > start && name.endsWith("/") ? name.length() - 1 : name.length();
        if (end > start && isInside(name, start, end)) {
            return new TreePath(name.substring(start, end));
        }
        return clean(name);
    }

    private static TreePath clean(String name) {
        StringBuilder clean = new StringBuilder(name.length());
        for (String part : name.split("/", -1)) {
            if (part.isEmpty() || part.equals(".")) {
                continue;
            }
            if (!clean.isEmpty()) {
                clean.append('/');
            }
            clean.append(part);
        }
        return new TreePath(clean.toString());
    }

    public boolean isRoot() {
        return text.isEmpty();
    }

    public List<String> components() {
        return isRoot() ? List.of() : Arrays.asList(text.split("/", -1));
    }

    /** The last component; empty for the root. */
    public String name() {
        return text.substring(text.lastIndexOf('/') + 1);
    }

    /** The directory that holds this path; the root's parent is the root. */
    public TreePath parent() {
        int slash = text.lastIndexOf('/');
        return slash < 0 ? ROOT : new TreePath(text.substring(0, slash));
    }

    /** A path below this one; {@code child} may have several components. */
    public TreePath resolve(String child) {
        return new TreePath(isRoot() ? child : text + "/" + child);
    }

    /** Whether this path is {@code directory} or stands below it. */
    public boolean startsWith(TreePath directory) {
        return directory.isRoot()
                || text.equals(directory.text)
                || (text.length() > directory.text.length()
                        && text.startsWith(directory.text)
                        && text.charAt(directory.text.length()) == '/');
    }

    /** The path as the running system names it, with a leading slash. */
    public String absolute() {
        return "/" + text;
    }

    @Override
    public int compareTo(TreePath other) {
        // '/' must sort before every other character, or "a.b" would stand between "a" and "a/c".
        int length = Math.min(text.length(), other.text.length());
        for (int i = 0; i < length; i++) {
            char mine = text.charAt(i);
            char theirs = other.text.charAt(i);
            if (mine != theirs) {
                if (mine == '/') {
                    return -1;
                }
                return theirs == '/' ? 1 : Character.compare(mine, theirs);
            }
        }
        return Integer.compare(text.length(), other.text.length());
    }

    @Override
    public String toString() {
        return text;
    }
}
