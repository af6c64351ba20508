package io.rosbalena.apt.state;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A simple command of a shell script, never run.
 *
 * @param line where it begins, from 1
 * @param words as written, quotes and all
 * @param written files that its output is redirected to, as written
 * @param end the operator behind it: a line end, {@code ;}, {@code ;;}, {@code &&}, {@code ||}, {@code |}, {@code &},
 *     {@code (} or {@code )}
 */
record ShellCommand(int line, List<String> words, List<String> written, String end) {
    private static final Pattern VARIABLE = Pattern.compile("\\$(?:\\{([A-Za-z_]\\w*)(?::-[^}]*)?}|([A-Za-z_]\\w*))");

    ShellCommand {
        words = List.copyOf(words);
        written = List.copyOf(written);
    }

    /** The same without its first words. */
    ShellCommand from(int first) {
        return new ShellCommand(line, words.subList(first, words.size()), written, end);
    }

    String word(int index) {
        return index < words.size() ? words.get(index) : "";
    }

    /** The program's name without its directory. */
    String program() {
        String word = unquoted(word(0));
        return word.substring(word.lastIndexOf('/') + 1);
    }

    /** Text of a word whose quotes are taken off, variables left as they are. */
    static String unquoted(String word) {
        return word.replaceAll("[\"'\\\\]", "");
    }

    /**
     * What a word stands for.
     *
     * @param variables values of those that are known
     * @return empty if it holds a command substitution, a pattern or an unknown variable
     */
    static Optional<String> expand(String word, Map<String, String> variables) {
        if (word.contains("$(") || word.contains("`")) {
            return Optional.empty();
        }
        StringBuilder text = new StringBuilder();
        char quote = 0;
        int plain = 0;
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            } else if (c == quote) {
                quote = 0;
            } else if (c == '\\' && quote != '\'' && i + 1 < word.length()) {
                text.append(word.charAt(++i));
            } else if (c == '$' && quote != '\'') {
                Matcher matcher = VARIABLE.matcher(word).region(i, word.length());
                if (!matcher.lookingAt()) {
                    return Optional.empty();
                }
                String name = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
                String value = variables.get(name);
                if (value == null) {
                    return Optional.empty();
                }
                text.append(value);
                i = matcher.end() - 1;
            } else if (quote == 0 && (c == '*' || c == '?' || c == '[' || c == '{')) {
                plain++;
                text.append(c);
            } else {
                text.append(c);
            }
        }
        return plain == 0 ? Optional.of(text.toString()) : Optional.empty();
    }
}
