package io.rosbalena.run;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When a service that has ended is started again, as compose writes it: {@code no}, {@code on-failure}, {@code
 * on-failure:3}, {@code always}, {@code unless-stopped}.
 *
 * @param when which ends lead to a new start
 * @param most how many new starts there may be; empty for any number
 */
public record RestartPolicy(When when, OptionalInt most) {
    /** Which ends lead to a new start. */
    public enum When {
        NEVER,
        FAILURE,
        ALWAYS
    }

    /** A service that ends, has ended. */
    public static final RestartPolicy NO = new RestartPolicy(When.NEVER, OptionalInt.empty());

    private static final Pattern ON_FAILURE = Pattern.compile("on-failure(?::([0-9]{1,6}))?");

    /**
     * Reads compose's form.
     *
     * @throws IllegalArgumentException for any other text
     */
    public static RestartPolicy parse(String text) {
        if (text.equals("no") || text.isEmpty()) {
            return NO;
        }
        if (text.equals("always") || text.equals("unless-stopped")) {
            return new RestartPolicy(When.ALWAYS, OptionalInt.empty());
        }
        Matcher matcher = ON_FAILURE.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a restart policy: " + text);
        }
        return new RestartPolicy(
                When.FAILURE,
                matcher.group(1) == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(matcher.group(1))));
    }

    /**
     * Whether a service is started again.
     *
     * @param status the exit status it ended with
     * @param restarts how often it was started again already
     */
    boolean startsAgain(int status, int restarts) {
        boolean wanted = when == When.ALWAYS || (when == When.FAILURE && status != 0);
        return wanted && (most.isEmpty() || restarts < most.getAsInt());
    }
}
