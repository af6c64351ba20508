package io.rosbalena.colcon;

import io.rosbalena.store.Progress;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Follows what {@code colcon test} prints: which package is being tested, how those before it ended, and how much each
 * prints. Tests print here, too, and may print anything.
 */
final class TestOutput implements Consumer<String> {
    // Not at the beginning of a line only: a test that was killed has not ended its own.
    private static final Pattern EVENT = Pattern.compile(
            "(Starting >>>|Finished <<<|Failed {3}<<<|Aborted {2}<<<) (\\S+)(?: \\[.*?\\])?(\\s+\\[ with test failures \\])?$");

    /** Characters; a line may have as many as a test likes. */
    private static final int LONGEST_EVENT = 400;

    private final Set<String> packages;
    private final long most;
    private final Runnable stop;
    private final Progress progress;
    private final Set<String> started = new TreeSet<>();
    private final Set<String> finished = new TreeSet<>();
    private final Set<String> bad = new TreeSet<>();
    private final LastLines last = new LastLines(20);
    private Optional<String> running = Optional.empty();
    private Optional<String> talkative = Optional.empty();
    private long printed;

    /**
     * @param most characters that the tests of one package may print
     * @param stop is called once, when one prints more
     */
    TestOutput(Collection<String> packages, long most, Runnable stop, Progress progress) {
        this.packages = Set.copyOf(packages);
        this.most = most;
        this.stop = stop;
        this.progress = progress;
    }

    @Override
    public synchronized void accept(String line) {
        if (talkative.isPresent()) {
            return;
        }
        printed += line.length() + 1L;
        Matcher event = EVENT.matcher(line.substring(Math.max(0, line.length() - LONGEST_EVENT)));
        if (event.find() && packages.contains(event.group(2))) {
            event(event.group(1), event.group(2), event.group(3) != null);
        }
        last.accept(line);
        if (printed > most) {
            talkative = Optional.of(running.orElse(""));
            stop.run();
        }
    }

    private void event(String kind, String name, boolean failures) {
        if (kind.startsWith("Starting")) {
            // A test that prints this line wins nothing: each package starts once.
            if (started.add(name)) {
                running = Optional.of(name);
                printed = 0;
                progress.message("testing " + name);
            }
            return;
        }
        finished.add(name);
        if (failures || !kind.startsWith("Finished")) {
            bad.add(name);
        }
    }

    /** The package whose tests were stopped because they print too much; an empty name if colcon itself did. */
    synchronized Optional<String> talkative() {
        return talkative;
    }

    /** Whether any package's tests began. */
    synchronized boolean hasStarted() {
        return !started.isEmpty();
    }

    /** Whether colcon says that it came to the end of a package's tests. */
    synchronized boolean hasFinished(String name) {
        return finished.contains(name);
    }

    /** Whether colcon says that tests of a package failed, or could not be run. */
    synchronized boolean isBad(String name) {
        return bad.contains(name);
    }

    List<String> lastLines() {
        return last.all();
    }
}
