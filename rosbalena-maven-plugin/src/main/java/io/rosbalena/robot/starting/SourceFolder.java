package io.rosbalena.robot.starting;

import io.rosbalena.robot.project.RobotProject;
import io.rosbalena.workspace.ConditionContexts;
import io.rosbalena.workspace.RosPackage;
import io.rosbalena.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where a project's packages stand.
 *
 * @param folder the folder that colcon would search
 * @param workspace what is in it
 */
record SourceFolder(Path folder, Workspace workspace) {
    /** Its packages. */
    List<RosPackage> packages() {
        return workspace.packages();
    }

    /**
     * The source folder that is asked for, or {@code src}, where packages are in it; else the one below the project that
     * all packages have in common.
     */
    static SourceFolder find(RobotProject project, String rosDistro) throws IOException {
        Path directory = project.files().directory();
        Path wanted = project.files().sources();
        ConditionContexts conditions =
                ConditionContexts.of(rosDistro, project.target().conditionVariables());
        if (Files.isDirectory(wanted)) {
            Workspace workspace = Workspace.scan(directory, wanted, conditions);
            if (!workspace.packages().isEmpty()) {
                return new SourceFolder(wanted, workspace);
            }
        }
        Workspace whole = Workspace.scan(directory, directory, conditions);
        List<RosPackage> all = whole.packages();
        if (all.isEmpty()) {
            return new SourceFolder(Files.isDirectory(wanted) ? wanted : directory, whole);
        }
        Path common = parent(directory, all.get(0).directory());
        for (RosPackage one : all) {
            while (!one.directory().startsWith(common)) {
                common = parent(directory, common);
            }
        }
        return new SourceFolder(common, whole);
    }

    private static Path parent(Path directory, Path folder) {
        Path parent = folder.getParent();
        return folder.equals(directory) || parent == null ? directory : parent;
    }
}
