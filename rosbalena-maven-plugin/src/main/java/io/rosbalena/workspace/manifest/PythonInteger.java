package io.rosbalena.workspace.manifest;

import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;

/** Whole numbers as Python's {@code int()} reads them, which is how catkin_pkg reads the format of a manifest. */
final class PythonInteger {
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\p{Nd}+(_\\p{Nd}+)*");
    private static final int LONGEST = 100;

    private PythonInteger() {}

    /** The number in plain decimal digits, for example {@code 3} for {@code " 03"}. */
    static Optional<String> parse(String text) {
        String number = text.strip();
        if (number.length() > LONGEST || !NUMBER.matcher(number).matches()) {
            return Optional.empty();
        }
        return Optional.of(new BigInteger(number.replace("_", "")).toString());
    }
}
