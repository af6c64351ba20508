package io.rosbalena.lint.preflight;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The variables of the environment without which a launch file fails, and those that it sets itself.
 *
 * @param text the file, every byte a character
 * @param reads in the file's order
 * @param sets by name
 */
record LaunchVariables(String text, List<Use> reads, Set<String> sets) {
    private static final String NAME = "['\"]([A-Za-z_][A-Za-z0-9_]*)['\"]";

    /** A substitution of {@code launch}; its second argument has a name. */
    private static final Pattern SUBSTITUTION =
            Pattern.compile("\\bEnvironmentVariable\\s*\\(\\s*(?:name\\s*=\\s*)?" + NAME + "([^()]*)\\)");

    private static final Pattern SUBSCRIPT = Pattern.compile("\\benviron\\s*\\[\\s*" + NAME + "\\s*\\](?!\\s*=(?!=))");
    private static final Pattern SET = Pattern.compile("\\benviron\\s*\\[\\s*" + NAME + "\\s*\\]\\s*=(?!=)"
            + "|\\bSetEnvironmentVariable\\s*\\(\\s*(?:name\\s*=\\s*)?" + NAME
            + "|\\benviron\\s*\\.\\s*setdefault\\s*\\(\\s*" + NAME
            // Who asks first has an answer for both cases.
            + "|" + NAME + "\\s+(?:not\\s+)?in\\s+(?:os\\s*\\.\\s*)?environ\\b");

    /** In XML and YAML; a second word is the default (launch, {@code EnvironmentVariable.parse}). */
    private static final Pattern FRONTEND = Pattern.compile("\\$\\(env\\s+['\"]?([A-Za-z_][A-Za-z0-9_]*)['\"]?\\s*\\)");

    private static final Pattern FRONTEND_SET = Pattern.compile("<set_env\\b[^>]*?\\bname\\s*=\\s*" + NAME
            + "|\\bset_env:\\s*\\{?[^}]*?\\bname:\\s*" + "['\"]?([A-Za-z_][A-Za-z0-9_]*)");

    LaunchVariables {
        reads = List.copyOf(reads);
        sets = Set.copyOf(sets);
    }

    /**
     * A place where a variable is read.
     *
     * @param line from 1
     */
    record Use(String name, int line) {}

    /**
     * Reads a launch file.
     *
     * @param name of the file, whose end tells its language
     */
    static LaunchVariables of(String name, byte[] file) {
        String text = new String(file, StandardCharsets.ISO_8859_1);
        if (name.endsWith(".py")) {
            return python(PythonText.withoutComments(text));
        }
        String bare = name.endsWith(".xml")
                ? blanked(text, Pattern.compile("<!--.*?-->", Pattern.DOTALL))
                : blanked(text, Pattern.compile("(?m)(?:^|(?<=\\s))#.*$"));
        List<Use> reads = new ArrayList<>();
        FRONTEND.matcher(bare).results().forEach(use -> reads.add(new Use(use.group(1), line(bare, use.start()))));
        return new LaunchVariables(bare, reads, names(FRONTEND_SET, bare));
    }

    private static LaunchVariables python(String text) {
        List<Use> reads = new ArrayList<>();
        Matcher substitution = SUBSTITUTION.matcher(text);
        while (substitution.find()) {
            if (!substitution.group(2).contains("default_value")) {
                reads.add(new Use(substitution.group(1), line(text, substitution.start())));
            }
        }
        Matcher subscript = SUBSCRIPT.matcher(text);
        while (subscript.find()) {
            int line = line(text, subscript.start());
            if (!isTried(text, line)) {
                reads.add(new Use(subscript.group(1), line));
            }
        }
        return new LaunchVariables(text, reads, names(SET, text));
    }

    /** Whether a line stands in a block of {@code try:}. */
    private static boolean isTried(String text, int line) {
        List<String> lines = text.lines().toList();
        int indent = indent(lines.get(line - 1));
        for (int i = line - 2; i >= 0 && indent > 0; i--) {
            String above = lines.get(i);
            if (!above.isBlank() && indent(above) < indent) {
                indent = indent(above);
                if (above.strip().startsWith("try:")) {
                    return true;
                }
            }
        }
        return false;
    }

    private static int indent(String line) {
        return line.length() - line.stripLeading().length();
    }

    private static Set<String> names(Pattern pattern, String text) {
        Set<String> names = new HashSet<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            for (int group = 1; group <= matcher.groupCount(); group++) {
                String name = matcher.group(group);
                if (name != null) {
                    names.add(name);
                }
            }
        }
        return names;
    }

    private static String blanked(String text, Pattern what) {
        return what.matcher(text).replaceAll(found -> found.group().replaceAll("[^\\r\\n]", " "));
    }

    private static int line(String text, int at) {
        return 1 + (int) text.substring(0, at).chars().filter(c -> c == '\n').count();
    }
}
