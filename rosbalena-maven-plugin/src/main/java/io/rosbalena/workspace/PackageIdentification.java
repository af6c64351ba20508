package io.rosbalena.workspace;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import io.rosbalena.workspace.manifest.ManifestMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.List;
import java.util.Optional;

/**
 * Decides what a directory is, in colcon's order: ignore markers, {@code colcon.pkg}, ROS manifest, then plain CMake
 * and Python projects.
 */
final class PackageIdentification {
    /**
     * What a directory is.
     *
     * @param descend whether packages may be found below
     */
    record Outcome(boolean descend, Optional<RosPackage> found) {
        static final Outcome IGNORED = new Outcome(false, Optional.empty());
        static final Outcome NOTHING = new Outcome(true, Optional.empty());

        static Outcome of(RosPackage found) {
            return new Outcome(false, Optional.of(found));
        }
    }

    private static final String COLCON_IGNORE = "COLCON_IGNORE";
    /** Left by catkin and ament_tools in their install spaces, which have no marker. */
    private static final List<String> INSTALL_SPACE = List.of("_order_isolated_packages.py", "_setup_util.py");

    private static final List<String> ROS_IGNORE = List.of("CATKIN_IGNORE", "AMENT_IGNORE");

    private final PackageFolder folder;
    private final ConditionContexts contexts;
    private final ManifestMemory memory;
    private final Findings findings;

    PackageIdentification(PackageFolder folder, ConditionContexts contexts, ManifestMemory memory, Findings findings) {
        this.folder = folder;
        this.contexts = contexts;
        this.memory = memory;
        this.findings = findings;
    }

    Outcome identify() throws IOException {
        // Even a link that leads nowhere counts for this marker, but not for the others.
        if (Files.exists(folder.resolve(COLCON_IGNORE), LinkOption.NOFOLLOW_LINKS) || anyExists(INSTALL_SPACE)) {
            return Outcome.IGNORED;
        }
        ColconPkg stated = ColconPkg.read(folder, findings);
        ManifestFile manifest = new ManifestFile(folder, contexts, memory, findings);
        if (stated.name().isPresent() && stated.type().isPresent()) {
            return Outcome.of(stated.declare(folder, manifest.read()));
        }
        if (stated.allows("ros")) {
            if (anyExists(ROS_IGNORE)) {
                return Outcome.IGNORED;
            }
            Optional<RosPackage> ros = manifest.read();
            if (ros.isPresent()) {
                return Outcome.of(stated.complete(ros.get()));
            }
            if (Files.exists(folder.resolve("manifest.xml"))) {
                return Outcome.IGNORED;
            }
        }
        return plainProject(stated);
    }

    private Outcome plainProject(ColconPkg stated) throws IOException {
        Optional<RosPackage> cmake =
                stated.allows("cmake") ? new CmakeProject(folder).read(stated.name()) : Optional.empty();
        PythonProject project = new PythonProject(folder, findings);
        boolean allowed = stated.allows("python");
        Optional<RosPackage> declared = allowed ? project.readConfiguration() : Optional.empty();
        if (cmake.isPresent() && declared.isPresent()) {
            findings.add(
                    Finding.warning("RB008", "the folder is a CMake project and a Python project, so colcon ignores it")
                            .fix("add a package.xml that states its build_type")
                            .at(folder.shown()));
            return Outcome.IGNORED;
        }
        Optional<RosPackage> found = cmake.or(() -> declared);
        if (found.isEmpty() && allowed) {
            found = project.readScript();
        }
        return found.map(one -> Outcome.of(stated.complete(one))).orElse(Outcome.NOTHING);
    }

    private boolean anyExists(List<String> names) {
        return names.stream().anyMatch(name -> Files.exists(folder.resolve(name)));
    }
}
