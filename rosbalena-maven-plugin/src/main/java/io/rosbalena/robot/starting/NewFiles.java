package io.rosbalena.robot.starting;

import io.rosbalena.robot.project.RobotProject;
import io.rosbalena.store.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Files to write where there are none, and what is said of them. Nothing is written before all is known. */
final class NewFiles {
    private final RobotProject.Files files;
    private final Map<Path, String> wanted = new LinkedHashMap<>();
    private final List<String> said = new ArrayList<>();

    NewFiles(RobotProject.Files files) {
        this.files = files;
    }

    /** What is said of a file that is there already. */
    interface Kept {
        /** @param isThere its text */
        Optional<String> says(String isThere) throws IOException;
    }

    void say(String line) {
        said.add(line);
    }

    /**
     * Wants a file.
     *
     * @param kept is asked if there is one, or anything else of that name
     */
    void add(String name, String text, Kept kept) throws IOException {
        Path file = files.directory().resolve(name);
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            wanted.put(file, text);
            return;
        }
        kept.says(ProjectFiles.text(file).orElse("")).ifPresent(words -> say("kept " + name + ": it " + words));
    }

    void write() throws IOException {
        for (Map.Entry<Path, String> one : wanted.entrySet()) {
            AtomicFile.write(one.getKey(), one.getValue().getBytes(StandardCharsets.UTF_8));
            say("wrote " + files.show(one.getKey()));
        }
    }

    List<String> said() {
        return List.copyOf(said);
    }
}
