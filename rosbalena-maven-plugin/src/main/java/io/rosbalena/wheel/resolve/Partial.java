package io.rosbalena.wheel.resolve;

import io.rosbalena.wheel.PythonVersion;
import io.rosbalena.wheel.VersionSpecifiers;
import io.rosbalena.wheel.index.IndexFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** A choice on its way: what is decided, and what is demanded of projects, decided or not. A value for who branches. */
final class Partial {
    private static final VersionSpecifiers ANY = VersionSpecifiers.parse("").orElseThrow();

    private final Map<String, IndexFile> files;
    private final Map<String, PythonVersion> versions;
    private final Map<String, List<Demand>> demands;

    Partial() {
        this(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
    }

    private Partial(
            Map<String, IndexFile> files, Map<String, PythonVersion> versions, Map<String, List<Demand>> demands) {
        this.files = files;
        this.versions = versions;
        this.demands = demands;
    }

    Partial copy() {
        Map<String, List<Demand>> lists = new LinkedHashMap<>();
        demands.forEach((project, list) -> lists.put(project, new ArrayList<>(list)));
        return new Partial(new LinkedHashMap<>(files), new LinkedHashMap<>(versions), lists);
    }

    void decide(String project, PythonVersion version, Optional<IndexFile> file) {
        versions.put(project, version);
        file.ifPresent(one -> files.put(project, one));
    }

    void demand(Demand demand) {
        demands.computeIfAbsent(demand.project(), any -> new ArrayList<>()).add(demand);
    }

    /** The version that is decided for a project. */
    Optional<PythonVersion> version(String project) {
        return Optional.ofNullable(versions.get(project));
    }

    Optional<IndexFile> file(String project) {
        return Optional.ofNullable(files.get(project));
    }

    Map<String, IndexFile> files() {
        return files;
    }

    List<Demand> demands(String project) {
        return demands.getOrDefault(project, List.of());
    }

    VersionSpecifiers specifiers(String project) {
        VersionSpecifiers all = ANY;
        for (Demand demand : demands(project)) {
            all = all.and(demand.requirement().specifiers());
        }
        return all;
    }

    SortedSet<String> extras(String project) {
        SortedSet<String> extras = new TreeSet<>();
        demands(project).forEach(demand -> extras.addAll(demand.requirement().extras()));
        return extras;
    }

    /** The project to decide next: one that somebody pins, else the one that was demanded first. */
    Optional<String> open() {
        Optional<String> first = Optional.empty();
        for (String project : demands.keySet()) {
            if (!versions.containsKey(project)) {
                if (specifiers(project).isPin()) {
                    return Optional.of(project);
                }
                first = first.or(() -> Optional.of(project));
            }
        }
        return first;
    }
}
