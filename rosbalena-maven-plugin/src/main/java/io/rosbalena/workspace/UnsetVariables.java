package io.rosbalena.workspace;

import io.rosbalena.finding.Finding;
import io.rosbalena.workspace.manifest.Condition;
import io.rosbalena.workspace.manifest.ConditionSyntaxException;
import io.rosbalena.workspace.manifest.PackageManifest;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The variables that conditions read and nobody sets. To colcon and rosdep such a variable is the empty text, so a
 * dependency goes missing in silence where the machines of its authors have the variable in their environment.
 */
public final class UnsetVariables {
    private UnsetVariables() {}

    /** A condition and the line of its element. */
    private record Stated(Optional<String> condition, int line) {}

    /**
     * RB011 (a warning) for each variable, at its first use by the order of package names.
     *
     * @param contexts what the workspace was read with
     */
    public static Collection<Finding> find(Workspace workspace, ConditionContexts contexts) {
        SortedMap<String, Finding> unset = new TreeMap<>();
        for (RosPackage one : workspace.packages()) {
            one.manifest().stream()
                    .flatMap(UnsetVariables::stated)
                    .sorted(Comparator.comparingInt(Stated::line))
                    .forEach(stated -> names(stated)
                            .filter(name -> !contexts.colcon().containsKey(name))
                            .forEach(name -> unset.computeIfAbsent(name, any -> finding(name, one, stated.line()))));
        }
        return unset.values();
    }

    private static Stream<Stated> stated(PackageManifest manifest) {
        return Stream.of(
                        manifest.dependencies().stream().map(one -> new Stated(one.condition(), one.line())),
                        manifest.groupDepends().stream().map(one -> new Stated(one.condition(), one.line())),
                        manifest.memberOfGroups().stream().map(one -> new Stated(one.condition(), one.line())),
                        manifest.exports().stream().map(one -> new Stated(one.condition(), one.line())))
                .flatMap(all -> all)
                .filter(stated -> stated.condition().isPresent());
    }

    private static Stream<String> names(Stated stated) {
        try {
            return Condition.parse(stated.condition().orElseThrow()).variables();
        } catch (ConditionSyntaxException e) {
            throw new IllegalStateException("a package whose conditions cannot be read is none of the workspace", e);
        }
    }

    private static Finding finding(String name, RosPackage one, int line) {
        return Finding.warning("RB011", "a condition reads $" + name + ", which nobody sets, so it is the empty text")
                .fix("write <conditionVariables><" + name + ">…</" + name + "></conditionVariables> or"
                        + " -Drosbalena.conditionVariables=" + name + "=…; without a value it is empty on purpose")
                .at(one.file(), line)
                .inPackage(one.name());
    }
}
