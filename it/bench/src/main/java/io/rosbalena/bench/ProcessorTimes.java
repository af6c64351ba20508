package io.rosbalena.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Processor time and memory of processes, as Linux and the shell tell them. */
final class ProcessorTimes {
    private static final Pattern OF_SHELL = Pattern.compile("([0-9]+)m([0-9.]+)s");
    private static final Pattern PEAK = Pattern.compile("(?m)^VmHWM:\\s*([0-9]+) kB$");
    /** USER_HZ is 100 on every platform that Linux has today. */
    private static final double TICKS = 100;

    private ProcessorTimes() {}

    /**
     * Seconds of the processes that a shell has waited for.
     *
     * @param times what the shell's {@code times} prints (POSIX): two lines of user and system time, the second one of
     *     its children and theirs
     */
    static double children(String times) {
        Matcher matcher = OF_SHELL.matcher(times.lines().skip(1).findFirst().orElse(""));
        double seconds = 0;
        while (matcher.find()) {
            seconds += 60 * Double.parseDouble(matcher.group(1)) + Double.parseDouble(matcher.group(2));
        }
        return seconds;
    }

    /** Seconds of a process and of those that it has waited for; 0 if it is gone. */
    static double of(ProcessHandle process) throws IOException {
        return read(process, "stat").map(ProcessorTimes::stat).orElse(0.0);
    }

    /** @param stat a line of {@code /proc/PID/stat}, see proc(5): fields 14 to 17, behind the name in parentheses */
    static double stat(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        long ticks = 0;
        for (int i = 11; i <= 14; i++) {
            ticks += Long.parseLong(fields[i]);
        }
        return ticks / TICKS;
    }

    /** The most bytes of memory that a process had so far; 0 if it is gone. */
    static long peak(ProcessHandle process) throws IOException {
        Matcher matcher = PEAK.matcher(read(process, "status").orElse(""));
        return matcher.find() ? Long.parseLong(matcher.group(1)) << 10 : 0;
    }

    /** A file of a process in {@code /proc}; nothing if the process is gone, before or while it is read. */
    private static Optional<String> read(ProcessHandle process, String file) throws IOException {
        try {
            return Optional.of(Files.readString(Path.of("/proc", Long.toString(process.pid()), file)));
        } catch (IOException e) {
            if (process.isAlive()) {
                throw e;
            }
            return Optional.empty();
        }
    }
}
