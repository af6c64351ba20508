package io.rosbalena.colcon;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What made a compile come out otherwise, guessed from the two texts that it left: if they become the same once everything
 * that looks like a time is blotted out of both, it is a time.
 */
enum DifferenceCause {
    /** The same words stand there, one before the other. */
    ORDER(
            "the same in another order",
            List.of(),
            "sort what a folder lists (glob, os.listdir, find) and what comes out of a set or a hash, and let only one command"
                    + " at a time write a file"),
    TIME(
            "a time",
            List.of(
                    "(?<!\\d)\\d{4}-\\d{2}-\\d{2}(?!\\d)",
                    "(?<!\\d)\\d{1,2}:\\d{2}(:\\d{2}([.,]\\d+)?)?(?!\\d)",
                    "\\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* +\\d{1,2}(?!\\d)",
                    "\\b(mon|tue|wed|thu|fri|sat|sun)[a-z]*\\b",
                    // Seconds since 1970 until 2033, also with milliseconds and less.
                    "(?<!\\d)1\\d{9}([.,]?\\d{3,9})?(?!\\d)"),
            "leave the time out, or take that of the variable SOURCE_DATE_EPOCH, which is fixed, as CMake's string(TIMESTAMP) and"
                    + " the compiler's __DATE__ and __TIME__ do"),
    /** {@link Circumstances#OTHER} has this one. */
    KERNEL(
            "the kernel's version",
            List.of("(?<![\\d.])\\d+\\.\\d+\\.\\d[-\\w.+~]*"),
            "do not write down uname or CMAKE_HOST_SYSTEM_VERSION: who compiles is not the robot"),
    PLACE(
            "a temporary name",
            List.of("(/[-\\w.+]+)*/(tmp|shm)(/[-\\w.+]+)+", "\\btmp\\w+", "\\bcompile-[-0-9a-f]{36}"),
            "write down no path but those below /ros2_ws/install, and no name that mktemp or tempfile made"),
    RANDOM(
            "a random number",
            List.of("(?<![0-9a-f])(0x)?[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}(?![0-9a-f])", "0x[0-9a-f]+"),
            "give what draws random numbers a fixed seed, and make names from contents, not from uuid or addresses in memory"),
    NUMBER(
            "a number",
            List.of("\\d+"),
            "take no number from the machine (processors, process ids, free memory, a counter of builds) and none from"
                    + " chance (RANDOM)");

    /** Said where none of them shows. */
    static final String USUAL =
            "The usual causes are times (date in a script), files in the order in which a folder lists them,"
                    + " sets and hashes in the order of their iteration, random seeds and names, the number of processors,"
                    + " -march=native, and commands of one make that write the same file. Build again: what differs the next time tells"
                    + " more.";

    private static final String KERNEL_THEN = "2.6.";

    private final String words;
    private final Pattern trace;
    private final String advice;

    DifferenceCause(String words, List<String> traces, String advice) {
        this.words = words;
        this.trace = Pattern.compile(String.join("|", traces), Pattern.CASE_INSENSITIVE);
        this.advice = advice;
    }

    /**
     * The first that explains how two texts differ.
     *
     * @param one what the first compile left, a few hundred characters at most
     * @param other what the second one left
     */
    static Optional<DifferenceCause> of(String one, String other) {
        return Arrays.stream(values())
                .filter(cause -> cause.explains(one, other))
                .findFirst();
    }

    private boolean explains(String one, String other) {
        return switch (this) {
            case ORDER -> sorted(one).equals(sorted(other));
            case KERNEL -> other.contains(KERNEL_THEN) && blot(one).equals(blot(other));
            default -> blot(one).equals(blot(other));
        };
    }

    private static List<String> sorted(String text) {
        return Arrays.stream(text.split("[^-\\w./]+", -1)).sorted().toList();
    }

    private String blot(String text) {
        return trace.matcher(text).replaceAll("\u25a0");
    }

    /** What differs, in a few words. */
    String words() {
        return words;
    }

    /** What the author of the package can do. */
    String advice() {
        return advice;
    }
}
