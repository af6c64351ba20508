package io.rosbalena.workspace.source;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * One line of an ignore file in the syntax of {@code gitignore(5)}.
 *
 * @param regex matches paths relative to the ignore file's directory
 * @param directoriesOnly whether the line ends with a slash
 * @param include whether the line begins with {@code !} and takes back what others ignore
 */
record IgnorePattern(Pattern regex, boolean directoriesOnly, boolean include) {

    /** The pattern of a line; empty for a comment, a blank line and a pattern that can match nothing. */
    static Optional<IgnorePattern> parse(String line) {
        String text = withoutTrailingSpaces(line);
        if (text.isEmpty() || text.startsWith("#")) {
            return Optional.empty();
        }
        boolean include = text.startsWith("!");
        if (include) {
            text = text.substring(1);
        }
        boolean directoriesOnly = text.endsWith("/");
        if (directoriesOnly) {
            text = text.substring(0, text.length() - 1);
        }
        boolean anchored = text.indexOf('/') >= 0;
        if (text.startsWith("/")) {
            text = text.substring(1);
        }
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            String regex = (anchored ? "" : "(?:.*/)?") + new GlobTranslation(text, anchored).regex();
            return Optional.of(new IgnorePattern(Pattern.compile(regex, Pattern.DOTALL), directoriesOnly, include));
        } catch (PatternSyntaxException e) {
            // git takes such a pattern, for example [z-a], and lets it match nothing.
            return Optional.empty();
        }
    }

    /** Whether the pattern speaks about this path. */
    boolean matches(String path, boolean directory) {
        return (directory || !directoriesOnly) && regex.matcher(path).matches();
    }

    private static String withoutTrailingSpaces(String line) {
        int end = line.endsWith("\r") ? line.length() - 1 : line.length();
        while (end > 0 && line.charAt(end - 1) == ' ' && !(end > 1 && line.charAt(end - 2) == '\\')) {
            end--;
        }
        return line.substring(0, end);
    }
}
