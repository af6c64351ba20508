package io.rosbalena.workspace;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import io.rosbalena.workspace.manifest.ConditionSyntaxException;
import io.rosbalena.workspace.manifest.Dependency;
import io.rosbalena.workspace.manifest.Export;
import io.rosbalena.workspace.manifest.GroupReference;
import io.rosbalena.workspace.manifest.InvalidManifestException;
import io.rosbalena.workspace.manifest.ManifestMemory;
import io.rosbalena.workspace.manifest.ManifestProblem;
import io.rosbalena.workspace.manifest.PackageManifest;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The {@code package.xml} of one directory, if it has one. */
final class ManifestFile {
    private static final String NAME = "package.xml";

    private final PackageFolder folder;
    private final String file;
    private final ConditionContexts contexts;
    private final ManifestMemory memory;
    private final Findings findings;

    ManifestFile(PackageFolder folder, ConditionContexts contexts, ManifestMemory memory, Findings findings) {
        this.folder = folder;
        this.file = folder.shown(NAME);
        this.contexts = contexts;
        this.memory = memory;
        this.findings = findings;
    }

    /** The package; empty if there is no manifest, or none that colcon would take, about which a finding tells. */
    Optional<RosPackage> read() throws IOException {
        Path manifest = folder.resolve(NAME);
        if (!Files.isRegularFile(manifest)) {
            return Optional.empty();
        }
        Optional<PackageManifest> read =
                memory.find(manifest, () -> text(manifest).flatMap(this::parse));
        read.ifPresent(one -> one.warnings()
                .forEach(warning -> findings.add(Finding.warning("RB007", warning)
                        .at(file, one.nameLine())
                        .inPackage(one.name()))));
        return read.flatMap(this::decide);
    }

    private Optional<String> text(Path manifest) throws IOException {
        try {
            return Optional.of(SourceText.read(manifest));
        } catch (AccessDeniedException e) {
            findings.add(Finding.error("RB006", "the manifest cannot be read")
                    .fix("give yourself the right to read it")
                    .at(file));
        } catch (SourceText.UnreadableException e) {
            findings.add(Finding.error("RB001", "the manifest " + e.getMessage())
                    .fix("save it as UTF-8; catkin_pkg reads no other encoding, whatever the file declares")
                    .at(file));
        }
        return Optional.empty();
    }

    private Optional<PackageManifest> parse(String text) {
        try {
            return Optional.of(PackageManifest.parse(text));
        } catch (InvalidManifestException e) {
            e.problems().forEach(problem -> findings.add(finding(problem, e.meantForRos())));
            return Optional.empty();
        }
    }

    private Finding finding(ManifestProblem problem, boolean meantForRos) {
        Finding finding = meantForRos
                ? Finding.error("RB001", problem.message()).fix(problem.fix())
                : Finding.warning("RB001", problem.message())
                        .fix(
                                "this is no ROS manifest and is passed over; a file COLCON_IGNORE beside it ends this warning");
        return finding.at(file, problem.line(), problem.column());
    }

    private Optional<RosPackage> decide(PackageManifest manifest) {
        if (!conditionsRead(manifest)) {
            return Optional.empty();
        }
        List<Export> types = manifest.exports().stream()
                .filter(export -> export.tag().equals("build_type"))
                .filter(export -> holds(export.condition(), contexts.colcon()))
                .toList();
        if (types.size() > 1) {
            findings.add(Finding.error("RB005", "Only one <build_type> element is permitted.")
                    .fix("remove all but one, or give them conditions of which one holds")
                    .at(file, types.get(1).line())
                    .inPackage(manifest.name()));
            return Optional.empty();
        }
        String type = types.isEmpty() ? "catkin" : types.get(0).content();
        if (type.isEmpty()) {
            findings.add(Finding.error("RB005", "<build_type> is empty, so colcon does not see the package")
                    .fix("write ament_cmake, ament_python or cmake")
                    .at(file, types.get(0).line())
                    .inPackage(manifest.name()));
            return Optional.empty();
        }
        return Optional.of(new RosPackage(
                manifest.name(),
                "ros." + type,
                folder.directory(),
                folder.path(),
                file,
                Optional.of(manifest),
                holding(manifest.dependencies(), contexts.colcon()),
                holding(manifest.dependencies(), contexts.rosdep()),
                groups(manifest.groupDepends()),
                groups(manifest.memberOfGroups())));
    }

    private boolean conditionsRead(PackageManifest manifest) {
        boolean read = true;
        for (Dependency dependency : manifest.dependencies()) {
            read &= conditionReads(dependency.condition(), dependency.line(), manifest);
        }
        for (GroupReference group : manifest.groupDepends()) {
            read &= conditionReads(group.condition(), group.line(), manifest);
        }
        for (GroupReference group : manifest.memberOfGroups()) {
            read &= conditionReads(group.condition(), group.line(), manifest);
        }
        for (Export export : manifest.exports()) {
            read &= conditionReads(export.condition(), export.line(), manifest);
        }
        return read;
    }

    private boolean conditionReads(Optional<String> condition, int line, PackageManifest manifest) {
        try {
            PackageManifest.holds(condition, Map.of());
            return true;
        } catch (ConditionSyntaxException e) {
            findings.add(Finding.error("RB004", String.valueOf(e.getMessage()))
                    .fix("write it like $ROS_DISTRO == humble, joined by and, or and parentheses (REP-149)")
                    .at(file, line)
                    .inPackage(manifest.name()));
            return false;
        }
    }

    private static List<Dependency> holding(List<Dependency> dependencies, Map<String, String> variables) {
        return dependencies.stream()
                .filter(dependency -> holds(dependency.condition(), variables))
                .toList();
    }

    private Set<String> groups(List<GroupReference> groups) {
        return groups.stream()
                .filter(group -> holds(group.condition(), contexts.colcon()))
                .map(GroupReference::name)
                .collect(Collectors.toSet());
    }

    private static boolean holds(Optional<String> condition, Map<String, String> variables) {
        try {
            return PackageManifest.holds(condition, variables);
        } catch (ConditionSyntaxException e) {
            throw new IllegalStateException("conditions are read before they are decided", e);
        }
    }
}
