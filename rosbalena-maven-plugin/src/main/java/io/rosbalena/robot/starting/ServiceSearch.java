package io.rosbalena.robot.starting;

import io.rosbalena.robot.project.LaunchStart;
import io.rosbalena.robot.project.RobotProject;
import io.rosbalena.tree.FileNames;
import io.rosbalena.workspace.RosPackage;
import io.rosbalena.workspace.Workspace;
import io.rosbalena.workspace.manifest.DependencyKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/**
 * The services that a workspace suggests: one for each launch file that no other includes, and one for each package whose
 * programs no launch file starts.
 */
final class ServiceSearch {
    /** What balena takes as the name of a service. */
    private static final int LONGEST = 63;

    private final RobotProject.Files files;
    private final Workspace workspace;

    /** Each launch file with its text, by the package that it is of. */
    private final Map<RosPackage, SortedMap<Path, String>> launches = new LinkedHashMap<>();

    private final SortedMap<String, StartedService> services = new TreeMap<>();

    private ServiceSearch(RobotProject.Files files, Workspace workspace) {
        this.files = files;
        this.workspace = workspace;
    }

    /** The services by name; none if nothing in the workspace can be started. */
    static SortedMap<String, StartedService> find(RobotProject.Files files, Workspace workspace) throws IOException {
        ServiceSearch search = new ServiceSearch(files, workspace);
        List<RosPackage> packages = workspace.packages();
        for (RosPackage one : packages) {
            search.read(one);
        }
        search.launched();
        for (RosPackage one : packages) {
            search.alone(one);
        }
        return search.services;
    }

    /** Launch files of tests are passed over; of one in several languages the first counts. */
    private void read(RosPackage one) throws IOException {
        SortedMap<Path, String> own = new TreeMap<>();
        List<String> stems = new ArrayList<>();
        for (Path file : LaunchStart.launchFiles(one.directory())) {
            if (!isOfTests(one.directory().relativize(file)) && !stems.contains(stem(file))) {
                stems.add(stem(file));
                own.put(file, ProjectFiles.text(file).orElse(""));
            }
        }
        launches.put(one, own);
    }

    private static boolean isOfTests(Path relative) {
        return FileNames.name(relative).startsWith("test_")
                || StreamSupport.stream(relative.spliterator(), false)
                        .map(FileNames::name)
                        .anyMatch(name -> name.equals("test") || name.equals("tests"));
    }

    private void launched() {
        // Where all include each other there is nothing to tell them apart by.
        boolean all =
                launches.values().stream().flatMap(own -> own.keySet().stream()).allMatch(this::isIncluded);
        launches.forEach((one, own) -> own.keySet().forEach(file -> {
            if (all || !isIncluded(file)) {
                add(
                        one,
                        stem(file).isEmpty() ? one.name() : stem(file),
                        packages(one, file),
                        List.of("ros2", "launch", one.name(), FileNames.name(file)),
                        List.of());
            }
        }));
    }

    /** Launch files start nodes of packages that theirs need not depend on. */
    private List<String> packages(RosPackage one, Path launch) {
        Set<String> own = new TreeSet<>(List.of(one.name()));
        workspace.visibleTo(one, EnumSet.of(DependencyKind.EXEC)).forEach(other -> own.add(other.name()));
        SortedSet<String> missing = new TreeSet<>();
        Set<Path> read = new HashSet<>();
        Deque<Path> toRead = new ArrayDeque<>(List.of(launch));
        while (!toRead.isEmpty()) {
            Path file = toRead.remove();
            if (!read.add(file)) {
                continue;
            }
            String text = launches.values().stream()
                    .flatMap(files -> Optional.ofNullable(files.get(file)).stream())
                    .findFirst()
                    .orElse("");
            workspace.packages().stream()
                    .filter(other -> !own.contains(other.name()) && names(text, other))
                    .forEach(other -> missing.add(other.name()));
            launches.values().stream()
                    .flatMap(files -> files.keySet().stream())
                    .filter(other -> text.contains(FileNames.name(other)))
                    .forEach(toRead::add);
        }
        if (missing.isEmpty()) {
            return List.of();
        }
        List<String> all = new ArrayList<>(List.of(one.name()));
        all.addAll(missing);
        return all;
    }

    private static boolean names(String text, RosPackage one) {
        return text.contains("'" + one.name() + "'") || text.contains('"' + one.name() + '"');
    }

    private boolean isIncluded(Path file) {
        return launches.values().stream()
                .flatMap(own -> own.entrySet().stream())
                .anyMatch(other ->
                        !other.getKey().equals(file) && other.getValue().contains(FileNames.name(file)));
    }

    private void alone(RosPackage one) throws IOException {
        boolean started = launches.getOrDefault(one, new TreeMap<>()).size() > 0
                || launches.values().stream()
                        .flatMap(own -> own.values().stream())
                        .anyMatch(
                                text -> text.contains("'" + one.name() + "'") || text.contains('"' + one.name() + '"'));
        if (started || !LaunchStart.makesProgram(one.directory())) {
            return;
        }
        List<String> programs = BuildFile.programs(one.directory());
        if (programs.size() > 1) {
            add(one, one.name(), List.of(), List.of(programs.get(0)), programs.subList(1, programs.size()));
        } else {
            add(one, one.name(), List.of(), List.of(), List.of());
        }
    }

    private void add(RosPackage one, String wanted, List<String> packages, List<String> command, List<String> others) {
        String name = name(wanted);
        if (services.containsKey(name)) {
            name = name(one.name() + "-" + wanted);
        }
        for (int i = 2; services.containsKey(name); i++) {
            name = name(one.name() + "-" + i);
        }
        services.put(name, new StartedService(name, files.show(one.directory()), packages, command, others));
    }

    private static String name(String wanted) {
        String name = wanted.replaceAll("[^A-Za-z0-9_.-]", "-").replaceAll("^[^A-Za-z0-9]+", "");
        return name.isEmpty() ? "main" : name.substring(0, Math.min(LONGEST, name.length()));
    }

    /** {@code courier.launch.py} and {@code courier_launch.xml} without what makes them launch files. */
    private static String stem(Path file) {
        return FileNames.name(file).replaceFirst("[._]launch\\.[a-z]+$", "");
    }
}
