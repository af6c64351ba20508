package io.rosbalena.apt.state;

import java.util.regex.Pattern;

/** Patterns of glob(7), in which stars match slashes, too, as with fnmatch(3) without flags. */
final class Glob {
    private static final Pattern SPECIAL = Pattern.compile("[*?\\[\\\\]");

    private Glob() {}

    /** Where the first character stands that is not meant as it is; the length if there is none. */
    static int literal(String glob) {
        var matcher = SPECIAL.matcher(glob);
        return matcher.find() ? matcher.start() : glob.length();
    }

    /** The same as a regular expression; a bracket that is never closed is itself. */
    static Pattern pattern(String glob) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            char here = glob.charAt(i);
            int end = here == '[' ? glob.indexOf(']', i + 2) : -1;
            if (end > 0) {
                String set = glob.substring(i + 1, end).replaceAll("[\\\\\\[&^]", "\\\\$0");
                text.append('[')
                        .append(set.startsWith("!") ? "^" + set.substring(1) : set)
                        .append(']');
                i = end;
            } else if (here == '*') {
                text.append(".*");
            } else if (here == '?') {
                text.append('.');
            } else {
                if (here == '\\' && i + 1 < glob.length()) {
                    here = glob.charAt(++i);
                }
                text.append(Pattern.quote(String.valueOf(here)));
            }
        }
        return Pattern.compile(text.toString(), Pattern.DOTALL);
    }
}
