package io.rosbalena.rosdep;

import io.rosbalena.finding.Finding;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What is wrong with a key, told once for all packages that ask for it. */
public final class KeyFinding {
    private static final int NAMED = 5;

    private KeyFinding() {}

    /**
     * An error at the first place that asks; the other packages are named in its message with their places.
     *
     * @param uses who asks for the key, at least one
     */
    public static Finding error(String id, String message, List<KeyUse> uses) {
        KeyUse first = uses.get(0);
        SortedMap<String, String> places = new TreeMap<>();
        uses.stream()
                .filter(use -> !use.packageName().equals(first.packageName()))
                .forEach(use -> places.putIfAbsent(use.packageName(), use.packageName() + " (" + use.place() + ")"));
        List<String> others = List.copyOf(places.values());
        String more = others.size() > NAMED ? " and " + (others.size() - NAMED) + " more" : "";
        String also = others.isEmpty()
                ? ""
                : "; also wanted by " + String.join(", ", others.subList(0, Math.min(NAMED, others.size()))) + more;
        return Finding.error(id, message + also).at(first.file(), first.line()).inPackage(first.packageName());
    }
}
