package io.rosbalena.workspace.manifest;

import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whole numbers as Python's {@code int()} reads them, which is how catkin_pkg reads the format of a manifest. */
final class PythonInteger {
    private static final Pattern NUMBER =
            Pattern.compile("\\s*([+-]?\\p{Nd}+(?:_\\p{Nd}+)*)\\s*", Pattern.UNICODE_CHARACTER_CLASS);
    private static final int LONGEST = 100;

    private PythonInteger() {}

    /** The number in plain decimal digits, for example {@code 3} for {@code " 03"}. */
    static Optional<String> parse(String text) {
        Matcher number = NUMBER.matcher(text);
        if (text.length() > LONGEST || !number.matches()) {
            return Optional.empty();
        }
        return Optional.of(new BigInteger(number.group(1).replace("_", "")).toString());
    }
}
