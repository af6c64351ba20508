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
import io.rosbalena.yaml.Position;
import java.io.IOException;
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

    private final InstalledSource sources;
    private final Surroundings surroundings;
    private final Remembered<Content, PythonModule> memory;
    private final Map<TreePath, PythonModule> known = new HashMap<>();
    private final Set<TreePath> own = new HashSet<>();

    PythonReading(Robot robot, List<Part> parts, Surroundings surroundings) {
        this.sources = new InstalledSource(robot);
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
        return sources.find(packageName, installed, line);
    }
}
