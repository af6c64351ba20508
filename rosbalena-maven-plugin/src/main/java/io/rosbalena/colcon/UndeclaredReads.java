package io.rosbalena.colcon;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.stream.Stream;

/**
 * Finds, in the dependency files that compilers write for {@code make}, files of other packages that a package does not
 * declare. They happened to be there, since packages are compiled together; the next time they need not be.
 */
final class UndeclaredReads {
    private final CompileInput input;
    private final List<ColconPackage> others = new ArrayList<>();

    /**
     * @param together everything that was compiled in the same root
     * @param input the package to check
     */
    UndeclaredReads(List<CompileInput> together, CompileInput input) {
        this.input = input;
        for (CompileInput member : together) {
            others.add(member.unit());
            member.dependencies().values().forEach(dependency -> others.add(dependency.unit()));
        }
        others.removeIf(other -> other.name().equals(input.unit().name()));
    }

    /** Reports each package of which a file was read that must not be. */
    void check(Path buildFolder, Findings findings) throws IOException {
        SortedSet<String> read = DependencyFiles.reads(buildFolder);
        others.stream()
                .distinct()
                .filter(other -> !input.results().containsKey(other.name()))
                .forEach(other -> read.stream()
                        .filter(path -> folders(other).anyMatch(path::startsWith))
                        .findFirst()
                        .ifPresent(path -> findings.add(finding(other, path))));
    }

    private static Stream<String> folders(ColconPackage other) {
        return Stream.of("src/" + other.directory(), "build/" + other.name(), "install/" + other.name())
                .map(folder -> folder + "/");
    }

    private Finding finding(ColconPackage other, String path) {
        return Finding.error(
                        "RB412",
                        "reads " + ColconCommand.WORKSPACE + "/" + path + " of the package " + other.name()
                                + ", which it does not declare")
                .fix("add <build_depend>" + other.name() + "</build_depend>")
                .at(input.unit().userPath("package.xml"))
                .inPackage(input.unit().name());
    }
}
