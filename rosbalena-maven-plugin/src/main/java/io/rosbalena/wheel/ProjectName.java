package io.rosbalena.wheel;

import java.util.Locale;
import java.util.regex.Pattern;

/** Names of Python projects (packaging specifications, «Names and normalization»). */
public final class ProjectName {
    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9]|[A-Za-z0-9][A-Za-z0-9._-]{0,250}[A-Za-z0-9]");
    private static final Pattern SEPARATORS = Pattern.compile("[-_.]+");

    private ProjectName() {}

    /** Whether the text can be a name. */
    public static boolean isValid(String text) {
        return VALID.matcher(text).matches();
    }

    /** The one form of all spellings that mean the same project: lower case, separated by single hyphens. */
    public static String normalize(String name) {
        return SEPARATORS.matcher(name).replaceAll("-").toLowerCase(Locale.ROOT);
    }
}
