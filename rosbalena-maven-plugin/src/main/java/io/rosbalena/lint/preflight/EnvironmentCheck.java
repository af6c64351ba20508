package io.rosbalena.lint.preflight;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import io.rosbalena.tree.Entry;
import io.rosbalena.yaml.Position;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Every variable of the environment without which a launch file of the service fails is declared somewhere: what stands
 * in no manifest, nobody knows of who sets up a fleet.
 */
public final class EnvironmentCheck {
    private static final Pattern LAUNCH_FILE = Pattern.compile(".*[._/]launch\\.(py|xml|yaml|yml)");

    /** What the engine, balena and ROS set or read themselves. */
    private static final Pattern KNOWN = Pattern.compile(
            "PATH|HOME|HOSTNAME|" + "(BALENA|RESIN|ROS|RMW|RCUTILS|RCL|AMENT|COLCON|CYCLONEDDS|FASTRTPS|FASTDDS)_.*");

    private final ContainerView view;
    private final Map<Entry, Part> files = new LinkedHashMap<>();
    private final PythonCheck.Reading reading;

    private EnvironmentCheck(ContainerView view, PythonCheck.Reading reading) {
        this.view = view;
        this.reading = reading;
    }

    /**
     * Checks the launch files that the service starts, and those that these name.
     *
     * @param reading finds sources again
     * @param findings gets RB197
     */
    public static void check(ContainerView view, List<Part> parts, PythonCheck.Reading reading, Findings findings)
            throws IOException {
        EnvironmentCheck check = new EnvironmentCheck(view, reading);
        for (Part part : parts) {
            part.files().entries().stream()
                    .filter(Entry::isFile)
                    .filter(entry -> LAUNCH_FILE.matcher(entry.path().text()).matches())
                    .forEach(entry -> check.files.put(entry, part));
        }
        check.check(findings);
    }

    private void check(Findings findings) throws IOException {
        Map<Entry, LaunchVariables> started = started();
        Set<String> declared = new HashSet<>(view.environment().keySet());
        declared.addAll(view.service().extension().secrets());
        started.values().forEach(file -> declared.addAll(file.sets()));
        Predicate<String> isKnown =
                name -> declared.contains(name) || KNOWN.matcher(name).matches();
        Set<String> told = new HashSet<>();
        for (Map.Entry<Entry, LaunchVariables> file : started.entrySet()) {
            for (LaunchVariables.Use use : file.getValue().reads()) {
                if (!isKnown.test(use.name()) && told.add(use.name())) {
                    findings.add(finding(file.getKey(), use));
                }
            }
        }
    }

    /** The launch files of the command, or the only one where there is no command, with those whose names they say. */
    private Map<Entry, LaunchVariables> started() throws IOException {
        List<String> command = new ArrayList<>();
        for (String field : List.of("entrypoint", "command")) {
            command.addAll(view.service().arguments(field).orElse(List.of()));
        }
        Deque<Entry> open = new ArrayDeque<>();
        files.keySet().stream()
                .filter(file ->
                        command.isEmpty() ? files.size() == 1 : command.stream().anyMatch(text -> names(text, file)))
                .forEach(open::add);
        Map<Entry, LaunchVariables> started = new LinkedHashMap<>();
        while (!open.isEmpty()) {
            Entry file = open.remove();
            if (!started.containsKey(file)) {
                LaunchVariables read =
                        LaunchVariables.of(file.path().name(), file.content().bytes());
                started.put(file, read);
                files.keySet().stream()
                        .filter(other -> names(read.text(), other))
                        .forEach(open::add);
            }
        }
        return started;
    }

    private static boolean names(String text, Entry file) {
        return text.contains(file.path().name())
                && Pattern.compile("(?<![\\w.-])" + Pattern.quote(file.path().name()) + "(?![\\w.-])")
                        .matcher(text)
                        .find();
    }

    private Finding finding(Entry file, LaunchVariables.Use use) throws IOException {
        Part part = Optional.ofNullable(files.get(file)).orElseThrow();
        Optional<Position> source = part.packageName().isPresent()
                ? reading.source(part.packageName().get(), file, use.line())
                : Optional.empty();
        String where = source.isPresent() ? "" : file.path().absolute() + ":" + use.line() + " ";
        Finding finding = source.orElse(part.place())
                .place(Finding.warning(
                                "RB197",
                                where + "reads the variable " + use.name() + ", which nobody declares: without it the"
                                        + " launch fails")
                        .fix("give it a value under environment:, over which one of the fleet or the device goes, or a"
                                + " default in the launch file; what only the fleet may know is named in"
                                + " x-rosbalena.secrets"))
                .inService(view.service().name());
        return part.packageName().map(finding::inPackage).orElse(finding);
    }
}
