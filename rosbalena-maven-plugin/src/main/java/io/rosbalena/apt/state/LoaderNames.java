package io.rosbalena.apt.state;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the loader reads in {@code /etc/ld.so.cache}: where it finds the library of a name. */
public final class LoaderNames {
    private final Map<String, List<String>> paths = new HashMap<>();

    private LoaderNames() {}

    /**
     * Reads a cache; one that nobody can read has no names, as for the loader.
     *
     * @param kind of the libraries that the programs in question can use, see {@link LibraryFact#flags}
     */
    public static LoaderNames of(byte[] cache, int kind) {
        LoaderNames names = new LoaderNames();
        LoaderCacheFile.parse(cache)
                .ifPresent(file -> file.entries().stream()
                        .filter(entry -> entry.flags() == kind)
                        .forEach(entry -> names.paths
                                .computeIfAbsent(entry.name(), any -> new ArrayList<>())
                                .add(entry.path())));
        return names;
    }

    /** Absolute paths of the libraries of a name, the one that is preferred first. */
    public List<String> paths(String name) {
        return List.copyOf(paths.getOrDefault(name, List.of()));
    }
}
