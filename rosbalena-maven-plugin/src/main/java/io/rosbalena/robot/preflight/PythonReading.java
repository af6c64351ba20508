package io.rosbalena.robot.preflight;

import io.rosbalena.lint.preflight.Part;
import io.rosbalena.lint.preflight.PythonCheck;
import io.rosbalena.lint.python.PythonModule;
import io.rosbalena.robot.project.Robot;
import io.rosbalena.robot.surroundings.Surroundings;
import io.rosbalena.store.Remembered;
import io.rosbalena.tree.Content;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.TreePath;
import io.rosbalena.workspace.RosPackage;
import io.rosbalena.yaml.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads Python files of an image, and finds those of the workspace again. */
final class PythonReading implements PythonCheck.Reading {
    /** Nobody looks into a base's layers for it. */
    private static final PythonModule UNKNOWN = new PythonModule(List.of(), true);

    /** Where packages keep what they install as programs. */
    private static final List<String> FOLDERS = List.of("", "scripts", "nodes", "script", "bin");

    private final Robot robot;
    private final Surroundings surroundings;
    private final Remembered<Content, PythonModule> memory;
    private final Map<TreePath, PythonModule> known = new HashMap<>();
    private final Set<TreePath> own = new HashSet<>();

    PythonReading(Robot robot, List<Part> parts, Surroundings surroundings) {
        this.robot = robot;
        this.surroundings = surroundings;
        this.memory = new Remembered<>(new PythonModuleStage(), surroundings.store());
        parts.forEach(part -> part.files().entries().forEach(entry -> own.add(entry.path())));
    }

    @Override
    public PythonModule read(Entry file) throws IOException {
        PythonModule module = known.get(file.path());
        if (module == null) {
            module = readAnew(file);
            known.put(file.path(), module);
        }
        return module;
    }

    private PythonModule readAnew(Entry file) throws IOException {
        if (file.content().identity().isPresent()) {
            return memory.get(file.content(), surroundings.console()).value();
        }
        return own.contains(file.path()) ? PythonModule.of(file.content().bytes()) : UNKNOWN;
    }

    @Override
    public Optional<Position> source(String packageName, Entry installed, int line) throws IOException {
        Optional<RosPackage> found = robot.workspace().find(packageName);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        byte[] bytes = installed.content().bytes();
        List<String> parts = installed.path().components();
        for (int from = 0; from < parts.size(); from++) {
            String below = String.join("/", parts.subList(from, parts.size()));
            for (String folder : from == parts.size() - 1 ? FOLDERS : List.of("")) {
                Path file = found.get().directory().resolve(folder).resolve(below);
                if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                        && Arrays.equals(Files.readAllBytes(file), bytes)) {
                    return Optional.of(new Position(robot.project().files().show(file), line, 0));
                }
            }
        }
        return Optional.empty();
    }
}
