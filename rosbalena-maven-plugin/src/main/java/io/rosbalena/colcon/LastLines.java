package io.rosbalena.colcon;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** The last lines of an output that may have no end. */
final class LastLines implements Consumer<String> {
    private final int most;
    private final Deque<String> lines = new ArrayDeque<>();

    /** @param most how many lines are kept, 1 and up */
    LastLines(int most) {
        this.most = most;
    }

    @Override
    public synchronized void accept(String line) {
        if (lines.size() == most) {
            lines.remove();
        }
        lines.add(line);
    }

    synchronized List<String> all() {
        return List.copyOf(lines);
    }
}
