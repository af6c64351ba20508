package io.rosbalena.environment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Environment variables while prefixes are evaluated. */
final class Variables {
    private final SortedMap<String, String> values;

    Variables(Map<String, String> initial) {
        values = new TreeMap<>(initial);
    }

    Variables copy() {
        return new Variables(values);
    }

    SortedMap<String, String> all() {
        return new TreeMap<>(values);
    }

    void set(String name, String value) {
        values.put(name, value);
    }

    /** An empty variable counts as unset. */
    void setIfUnset(String name, String value) {
        if (values.getOrDefault(name, "").isEmpty()) {
            values.put(name, value);
        }
    }

    void prepend(String name, String item) {
        join(name, item, 0);
    }

    void append(String name, String item) {
        join(name, item, Integer.MAX_VALUE);
    }

    /**
     * Adds an item to a colon-separated list unless it is there. Empty items, which the shell functions of colcon and
     * ament sometimes leave, are dropped: in most such lists they would mean the current directory.
     */
    private void join(String name, String item, int position) {
        List<String> items =
                new ArrayList<>(Arrays.asList(values.getOrDefault(name, "").split(":")));
        if (items.contains(item)) {
            return;
        }
        items.removeIf(String::isEmpty);
        items.add(Math.min(position, items.size()), item);
        values.put(name, String.join(":", items));
    }
}
