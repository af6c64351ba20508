package io.rosbalena.run;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a service is stopped.
 *
 * @param signal the image's or the manifest's, as OCI image-spec {@code config.md} writes it: {@code SIGINT},
 *     {@code INT}, {@code 2} or {@code SIGRTMIN+3}
 * @param gracePeriod time between that signal and {@code SIGKILL}
 */
public record StopRule(String signal, Duration gracePeriod) {
    private static final Pattern FORM = Pattern.compile("(?:SIG)?([A-Z]+[0-9]?|[0-9]{1,2})");
    private static final Pattern REAL_TIME = Pattern.compile("(?:SIG)?RTM(IN\\+|AX-)([0-9]{1,2})");
    // The C library keeps two of the kernel's real-time signals, see signal(7).
    private static final int RTMIN = 34;
    private static final int RTMAX = 64;

    /** What engines do where neither image nor manifest says anything. Stands after the patterns, which it needs. */
    public static final StopRule DEFAULT = new StopRule("SIGTERM", Duration.ofSeconds(10));

    public StopRule {
        if (!FORM.matcher(signal).matches() && !REAL_TIME.matcher(signal).matches()) {
            throw new IllegalArgumentException("not a signal: " + signal);
        }
        if (gracePeriod.isNegative()) {
            throw new IllegalArgumentException("a negative grace period");
        }
    }

    /** The signal as {@code kill -s} of POSIX sh takes it: a name without SIG, or a number. */
    String forKill() {
        Matcher realTime = REAL_TIME.matcher(signal);
        if (realTime.matches()) {
            int offset = Integer.parseInt(realTime.group(2));
            return Integer.toString(realTime.group(1).startsWith("IN") ? RTMIN + offset : RTMAX - offset);
        }
        Matcher name = FORM.matcher(signal);
        return name.matches() ? name.group(1) : signal;
    }
}
