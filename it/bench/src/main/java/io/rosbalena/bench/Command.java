package io.rosbalena.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A program that is run and measured. */
final class Command {
    private static final int POLL_MILLIS = 20;

    private final List<String> arguments;
    private final Map<String, String> environment = new TreeMap<>();
    private Path directory = Path.of("/");
    private boolean weighsLines;

    Command(List<String> arguments) {
        this.arguments = List.copyOf(arguments);
    }

    Command(String... arguments) {
        this(List.of(arguments));
    }

    Command in(Path folder) {
        directory = folder;
        return this;
    }

    Command with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Notes at each line what the program has taken so far, which holds up one that prints many. */
    Command weighingLines() {
        weighsLines = true;
        return this;
    }

    /**
     * A line that was printed.
     *
     * @param at when it was read
     * @param cost what the program had taken until then; time alone unless lines are weighed
     */
    record Line(String text, Instant at, Cost cost) {}

    /**
     * How it went.
     *
     * @param cost of the program and all processes that it waited for
     * @param lines standard output and standard error
     * @param peak the most bytes of memory that the program itself had, without those that it started
     */
    record Result(Cost cost, List<Line> lines, long peak) {
        /** The first line that holds a text. */
        Line line(String text) {
            return lines.stream()
                    .filter(line -> line.text().contains(text))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("never said: " + text + "\n" + output()));
        }

        /** What was taken between two lines. */
        Cost between(String from, String to) {
            return line(to).cost().minus(line(from).cost());
        }

        String output() {
            return String.join("\n", lines.stream().map(Line::text).toList());
        }
    }

    /**
     * Runs it.
     *
     * @throws IllegalStateException with all that it said, if it fails
     */
    Result run() throws IOException, InterruptedException {
        Path times = Files.createTempFile("bench", ".times");
        List<String> command = new ArrayList<>(
                List.of("sh", "-c", "times=$1; shift; \"$@\"; status=$?; times >\"$times\"; exit $status", "sh"));
        command.add(times.toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile());
        builder.environment().remove("MAVEN_OPTS");
        builder.environment().putAll(environment);
        long start = System.nanoTime();
        Process shell = builder.start();
        try {
            AtomicLong peak = new AtomicLong();
            Thread watch = new Thread(() -> watch(shell, peak), "memory of " + arguments.get(0));
            watch.start();
            List<Line> lines = new ArrayList<>();
            try (BufferedReader reader = shell.inputReader(StandardCharsets.UTF_8)) {
                for (String text = reader.readLine(); text != null; text = reader.readLine()) {
                    lines.add(new Line(text, Instant.now(), new Cost(seconds(start), weighsLines ? soFar(shell) : 0)));
                }
            }
            int status = shell.waitFor();
            double wall = seconds(start);
            watch.join();
            Cost cost = new Cost(wall, ProcessorTimes.children(Files.readString(times)));
            Result result = new Result(cost, List.copyOf(lines), peak.get());
            if (status != 0) {
                throw new IllegalStateException(
                        String.join(" ", arguments) + " ends with " + status + "\n" + result.output());
            }
            return result;
        } finally {
            shell.descendants().forEach(ProcessHandle::destroyForcibly);
            shell.destroyForcibly();
            Files.delete(times);
        }
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static double soFar(Process shell) throws IOException {
        double cpu = 0;
        for (ProcessHandle program : shell.children().toList()) {
            cpu += ProcessorTimes.of(program);
        }
        return cpu;
    }

    private static void watch(Process shell, AtomicLong peak) {
        try {
            while (!shell.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                for (ProcessHandle program : shell.children().toList()) {
                    peak.accumulateAndGet(ProcessorTimes.peak(program), Math::max);
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("cannot read the memory of a process", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
