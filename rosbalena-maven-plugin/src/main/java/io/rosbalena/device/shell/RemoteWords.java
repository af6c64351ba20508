package io.rosbalena.device.shell;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Words as a POSIX shell reads them. An SSH server gets one text and hands it to the user's shell, so that each word must
 * be written in a way in which the shell finds nothing to expand in it.
 */
final class RemoteWords {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=@,+-]+");

    private RemoteWords() {}

    /** @throws IllegalArgumentException if a word holds a zero byte, which no argument can */
    static String quote(List<String> words) {
        return words.stream().map(RemoteWords::quote).collect(Collectors.joining(" "));
    }

    private static String quote(String word) {
        if (word.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("an argument with a zero byte");
        }
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
