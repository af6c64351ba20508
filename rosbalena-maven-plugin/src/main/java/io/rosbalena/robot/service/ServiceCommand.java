package io.rosbalena.robot.service;

import io.rosbalena.colcon.InstallTree;
import io.rosbalena.colcon.InstalledFile;
import io.rosbalena.compose.FieldValue;
import io.rosbalena.compose.Service;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import io.rosbalena.robot.project.RobotService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** What a service starts: names of a package's programs become absolute paths, a missing command is found. */
public final class ServiceCommand {
    private static final String INSTALL = "/ros2_ws/install/";

    private final SortedMap<String, InstallTree> trees;

    /** @param trees what the packages in the service's image install, by package */
    public ServiceCommand(SortedMap<String, InstallTree> trees) {
        this.trees = trees;
    }

    /** A service whose command names a program of one of its packages by its name alone gets the program's path. */
    public Service withPaths(Service service, Findings findings) {
        Service changed = service;
        for (String field : List.of("entrypoint", "command")) {
            List<String> arguments = changed.arguments(field).orElse(List.of());
            if (arguments.isEmpty() || arguments.get(0).contains("/")) {
                continue;
            }
            List<String> places = places(arguments.get(0));
            if (places.size() == 1) {
                List<String> resolved = new ArrayList<>(arguments);
                resolved.set(0, places.get(0));
                changed = changed.with(field, FieldValue.texts(resolved));
            } else if (places.size() > 1) {
                findings.add(service.places()
                        .of(field)
                        .place(Finding.error("RB719", "several packages have a program " + arguments.get(0))
                                .fix("write one of: " + String.join(", ", places)))
                        .inService(service.name()));
            }
        }
        return changed;
    }

    private List<String> places(String program) {
        List<String> places = new ArrayList<>();
        trees.forEach((name, tree) -> programs(tree).stream()
                .filter(path -> path.endsWith("/" + program))
                .forEach(path -> places.add(INSTALL + name + "/" + path)));
        return places;
    }

    /**
     * What the image of a service without command starts: the single program of its own packages, else their single
     * launch file.
     */
    Optional<List<String>> image(RobotService service, Findings findings) {
        if (service.compose().command().isPresent()
                || service.compose().entrypoint().isPresent()
                || service.own().isEmpty()) {
            return Optional.empty();
        }
        List<List<String>> programs = new ArrayList<>();
        List<List<String>> launches = new ArrayList<>();
        for (String name : service.own()) {
            InstallTree tree = trees.get(name);
            if (tree == null) {
                continue;
            }
            programs(tree).forEach(path -> programs.add(List.of(INSTALL + name + "/" + path)));
            launchFiles(tree).forEach(file -> launches.add(List.of("ros2", "launch", name, file)));
        }
        if (programs.size() == 1) {
            return Optional.of(programs.get(0));
        }
        if (programs.isEmpty() && launches.size() == 1) {
            return Optional.of(launches.get(0));
        }
        List<String> candidates = new ArrayList<>();
        programs.forEach(words -> candidates.add(String.join(" ", words)));
        launches.forEach(words -> candidates.add(String.join(" ", words)));
        findings.add(service.compose()
                .places()
                .of("")
                .place(Finding.error("RB720", "it is not said what the service starts")
                        .fix(
                                candidates.isEmpty()
                                        ? "write command: its packages install no program and no launch file"
                                        : "write command: with one of: " + String.join(" | ", candidates)))
                .inService(service.name()));
        return Optional.empty();
    }

    private static List<String> programs(InstallTree tree) {
        String folder = "lib/" + tree.packageName() + "/";
        return tree.files().stream()
                .filter(file -> isProgram(file, folder))
                .map(file -> file.path().text())
                .toList();
    }

    private static boolean isProgram(InstalledFile file, String folder) {
        String path = file.path().text();
        return path.startsWith(folder)
                && path.indexOf('/', folder.length()) < 0
                && file instanceof InstalledFile.Regular regular
                && regular.executable();
    }

    private static List<String> launchFiles(InstallTree tree) {
        String folder = "share/" + tree.packageName() + "/";
        return tree.files().stream()
                .map(file -> file.path().text())
                .filter(path -> path.startsWith(folder))
                .filter(path -> path.matches(".*[._]launch\\.(py|xml|yaml|yml)"))
                .map(path -> path.substring(path.lastIndexOf('/') + 1))
                .toList();
    }
}
