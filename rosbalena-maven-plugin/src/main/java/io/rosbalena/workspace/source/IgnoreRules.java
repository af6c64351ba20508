package io.rosbalena.workspace.source;

import io.rosbalena.tree.FileNames;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What of a folder is no source. Some names never are; the rest is said by files {@code .rosbalenaignore} between the
 * project's root and the file, of which the nearest that speaks about it decides; recordings are left out unless such a
 * file takes them back.
 */
final class IgnoreRules {
    /** Recordings are large, change at every run and are no input of a compiler. */
    private static final Pattern BAG = Pattern.compile(".+\\.(?:mcap|db3|bag)(?:\\.zstd)?");

    private static final Set<String> NEVER = Set.of(".git", "__pycache__", IgnoreFile.NAME);

    /** What becomes of a file or folder. */
    enum Verdict {
        SOURCE,
        IGNORED,
        /** Left out by default, which is worth a word. */
        BAG
    }

    private final Path project;
    private final Map<Path, Optional<IgnoreFile>> files = new HashMap<>();

    IgnoreRules(Path project) {
        this.project = project;
    }

    Verdict of(Path path, boolean directory) throws IOException {
        String name = FileNames.name(path);
        if (NEVER.contains(name) || name.endsWith(".pyc") || name.endsWith(".egg-info")) {
            return Verdict.IGNORED;
        }
        for (Path folder = path.getParent(); folder != null; folder = folder.getParent()) {
            Optional<Boolean> ignored = Optional.empty();
            Optional<IgnoreFile> file = file(folder);
            if (file.isPresent()) {
                ignored = file.get().ignores(path, directory);
            }
            if (ignored.isPresent()) {
                return ignored.get() ? Verdict.IGNORED : Verdict.SOURCE;
            }
            if (folder.equals(project)) {
                break;
            }
        }
        return !directory && BAG.matcher(name).matches() ? Verdict.BAG : Verdict.SOURCE;
    }

    private Optional<IgnoreFile> file(Path folder) throws IOException {
        Optional<IgnoreFile> file = files.get(folder);
        if (file == null) {
            file = IgnoreFile.read(folder);
            files.put(folder, file);
        }
        return file;
    }
}
