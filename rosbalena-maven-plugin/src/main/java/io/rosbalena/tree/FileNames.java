package io.rosbalena.tree;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * File names as UTF-8 text in any locale. Under the C locale Java decodes names as ASCII and loses every other
 * character, while the path itself keeps its bytes; its URI shows them.
 */
public final class FileNames {
    private static final boolean DECODED = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"))
            .newEncoder()
            .canEncode("\u00e4\u4e2d\ud83e\udd16");

    private FileNames() {}

    /** The last name of a path; empty for a root. A byte that is not UTF-8 becomes U+FFFD. */
    public static String name(Path path) {
        Path last = path.getFileName();
        if (last == null) {
            return "";
        }
        String text = last.toString();
        if (DECODED || text.indexOf('\uFFFD') < 0) {
            return text;
        }
        String whole = path.toUri().getPath();
        String file = whole.endsWith("/") ? whole.substring(0, whole.length() - 1) : whole;
        return file.substring(file.lastIndexOf('/') + 1);
    }

    /** The path as text with {@code /} between names. */
    public static String text(Path path) {
        String text = path.toString();
        if (!DECODED && text.indexOf('\uFFFD') >= 0) {
            Path absolute = path.toAbsolutePath();
            StringBuilder names = new StringBuilder();
            for (int i = absolute.getNameCount() - path.getNameCount(); i < absolute.getNameCount(); i++) {
                names.append(names.isEmpty() && !path.isAbsolute() ? "" : "/");
                names.append(name(absolute.getRoot().resolve(absolute.subpath(0, i + 1))));
            }
            return names.toString();
        }
        return path.getFileSystem().getSeparator().equals("/") ? text : text.replace('\\', '/');
    }

    /** A path below {@code directory}, or elsewhere if {@code path} begins with {@code /}. */
    public static Path resolve(Path directory, String path) {
        if (DECODED || isAscii(path)) {
            return directory.resolve(path);
        }
        String encoded = encoded(path);
        if (path.startsWith("/")) {
            return Path.of(URI.create("file://" + encoded));
        }
        String base = directory.toUri().getRawPath();
        return Path.of(URI.create("file://" + base + (base.endsWith("/") ? "" : "/") + encoded));
    }

    /** A path as it is written, relative or absolute: for what a link says. */
    public static Path path(String path) {
        if (DECODED || isAscii(path)) {
            return Path.of(path);
        }
        Path absolute = Path.of(URI.create("file://" + (path.startsWith("/") ? "" : "/") + encoded(path)));
        return path.startsWith("/") ? absolute : absolute.subpath(0, absolute.getNameCount());
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    private static String encoded(String path) {
        return URLEncoder.encode(path, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2F", "/");
    }
}
