package io.rosbalena.compose;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A duration as compose writes it: {@code 1m30s}, {@code 90s}, {@code 1.5h}, {@code 500ms}; a bare number is seconds.
 *
 * @param duration 0 or more, in whole milliseconds
 */
public record TimeSpan(Duration duration) {
    private static final Pattern PART = Pattern.compile("([0-9]{1,12}(?:\\.[0-9]{1,9})?)(ms|us|ns|h|m|s)");
    private static final Pattern WHOLE = Pattern.compile("(?:" + PART.pattern() + ")+");
    private static final Map<String, BigDecimal> MILLISECONDS = Map.of(
            "h", new BigDecimal(3_600_000),
            "m", new BigDecimal(60_000),
            "s", new BigDecimal(1000),
            "ms", BigDecimal.ONE,
            "us", new BigDecimal("0.001"),
            "ns", new BigDecimal("0.000001"));

    /** Reads a duration; empty if it is none. */
    public static Optional<TimeSpan> parse(String text) {
        String form = text.strip();
        if (form.matches("[0-9]{1,9}")) {
            return Optional.of(new TimeSpan(Duration.ofSeconds(Long.parseLong(form))));
        }
        if (!WHOLE.matcher(form).matches()) {
            return Optional.empty();
        }
        BigDecimal sum = BigDecimal.ZERO;
        Matcher part = PART.matcher(form);
        while (part.find()) {
            BigDecimal unit = MILLISECONDS.getOrDefault(part.group(2), BigDecimal.ZERO);
            sum = sum.add(new BigDecimal(part.group(1)).multiply(unit));
        }
        return Optional.of(new TimeSpan(
                Duration.ofMillis(sum.setScale(0, RoundingMode.HALF_UP).longValue())));
    }

    /** Seconds, or milliseconds where there is a fraction: {@code 90s}, {@code 1500ms}. */
    public String print() {
        long milliseconds = duration.toMillis();
        return milliseconds % 1000 == 0 ? milliseconds / 1000 + "s" : milliseconds + "ms";
    }
}
