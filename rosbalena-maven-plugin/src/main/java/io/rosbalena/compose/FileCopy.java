package io.rosbalena.compose;

import io.rosbalena.yaml.Position;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An item of {@code x-rosbalena.files}: {@code SRC:/ABS[:MODE]}.
 *
 * @param source file or folder relative to the project
 * @param target absolute path in the image
 * @param mode permission bits, 0 to 07777; empty for 0755 if executable, else 0644
 * @param position where it is asked for
 */
public record FileCopy(String source, String target, OptionalInt mode, Position position) {
    private static final Pattern FORM = Pattern.compile("([^:]+):(/[^:]*)(?::([0-7]{3,4}))?");

    /** Reads an item; empty if it is none, or if its source or target leaves the project or the image. */
    static Optional<FileCopy> parse(String text, Position position) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()
                || matcher.group(1).startsWith("/")
                || climbs(matcher.group(1))
                || climbs(matcher.group(2))) {
            return Optional.empty();
        }
        OptionalInt mode =
                matcher.group(3) == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(matcher.group(3), 8));
        return Optional.of(new FileCopy(matcher.group(1), matcher.group(2), mode, position));
    }

    private static boolean climbs(String path) {
        return ("/" + path + "/").contains("/../");
    }
}
