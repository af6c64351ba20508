package io.rosbalena.colcon;

import io.rosbalena.store.Progress;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Follows what colcon prints: which package is being compiled, which are done, and the last lines for a report. */
final class ColconOutput implements Consumer<String> {
    /** A container's engine hands out both streams, and may put a line of one behind the beginning of one of the other. */
    private static final Pattern EVENT =
            Pattern.compile(".*?(Starting >>>|Finished <<<|Failed {3}<<<|Aborted {2}<<<) (\\S+)( \\[.*)?");

    private static final int KEPT_LINES = 20;

    private final Progress progress;
    private final Set<String> packages;
    private final Set<String> finished = new TreeSet<>();
    private final Set<String> failed = new TreeSet<>();
    private final LastLines last = new LastLines(KEPT_LINES);

    ColconOutput(Collection<String> packages, Progress progress) {
        this.packages = Set.copyOf(packages);
        this.progress = progress;
    }

    @Override
    public synchronized void accept(String line) {
        Matcher event = EVENT.matcher(line);
        if (event.matches() && packages.contains(event.group(2))) {
            String name = event.group(2);
            switch (event.group(1).charAt(1)) {
                case 't' -> progress.message("compiling " + name);
                case 'i' -> finished.add(name);
                default -> failed.add(name);
            }
        }
        last.accept(line);
    }

    synchronized boolean hasFinished(String name) {
        return finished.contains(name) && !failed.contains(name);
    }

    synchronized boolean hasFailed(String name) {
        return failed.contains(name);
    }

    List<String> lastLines() {
        return last.all();
    }
}
