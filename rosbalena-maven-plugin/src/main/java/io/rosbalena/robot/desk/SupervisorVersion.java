package io.rosbalena.robot.desk;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which Supervisors have the API of local mode that we speak. */
final class SupervisorVersion {
    /** The first that balena's own command line takes for local mode. */
    static final String LEAST = "7.21.4";

    private static final Pattern NUMBERS = Pattern.compile("v?([0-9]{1,6})\\.([0-9]{1,6})\\.([0-9]{1,6}).*");

    private SupervisorVersion() {}

    static boolean isEnough(String version) {
        Matcher numbers = NUMBERS.matcher(version);
        return numbers.matches() && value(numbers) >= value(least());
    }

    private static Matcher least() {
        Matcher least = NUMBERS.matcher(LEAST);
        if (!least.matches()) {
            throw new IllegalStateException(LEAST);
        }
        return least;
    }

    private static long value(Matcher numbers) {
        return (Long.parseLong(numbers.group(1)) * 1_000_000 + Long.parseLong(numbers.group(2))) * 1_000_000
                + Long.parseLong(numbers.group(3));
    }
}
