package io.rosbalena.bench;

import io.rosbalena.colcon.BuildRootPackages;
import io.rosbalena.rosdep.ResolvedKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * {@code rosbalena:resolve} of the workspace of 239 packages, locked, in a new Maven without network: against Maven
 * doing nothing, and against what people ask of colcon and rosdep.
 */
final class Resolving implements Measurement {
    private static final int TIMES = 3;
    private static final String WHAT = "239 packages in a new Maven";

    private final Workplace workplace;

    Resolving(Workplace workplace) {
        this.workplace = workplace;
    }

    @Override
    public List<Row> measure() throws IOException, InterruptedException {
        RosWorkspace workspace = RosWorkspace.unpacked(workplace);
        Cost tools = new RosdepTools(workplace, workspace).listAndResolve();
        Path project = project(workspace);
        workplace.maven(project, workplace.store(), "rosbalena:lock").run();
        Command resolve = workplace.offline(project, workplace.store(), "rosbalena:resolve");
        Command validate = workplace.offline(workplace.twin(), workplace.store(), "validate");
        resolve.run();
        List<Cost> ours = new ArrayList<>();
        List<Cost> theirs = new ArrayList<>();
        for (int run = 0; run < TIMES * workplace.runs(); run++) {
            ours.add(resolve.run().cost());
            theirs.add(validate.run().cost());
        }
        return List.of(
                Row.difference(WHAT, Cost.median(ours), "mvn validate, packaging pom", Cost.median(theirs), 0.5),
                Row.ratio(WHAT, Cost.median(ours), RosdepTools.NAME, tools, 1));
    }

    private Path project(RosWorkspace workspace) throws IOException, InterruptedException {
        ResolvedKeys keys = KeysOfWorkspace.resolve(workspace.sources(), workplace.rosdistro(), workplace.store());
        Set<String> packages = new TreeSet<>();
        keys.found().values().forEach(found -> packages.addAll(found.packages()));
        packages.addAll(BuildRootPackages.forOs("ubuntu", "jammy", Set.of("ament_cmake")));
        RosArchive archive = RosArchive.of(workplace, packages);
        Path project = workplace.empty("resolving");
        Files.createSymbolicLink(project.resolve("src"), workspace.sources());
        Files.writeString(project.resolve("ros.sources"), archive.source());
        Files.writeString(project.resolve("pom.xml"), Robots.pom("resolving", workplace.version(), """
                          <aptSources>ros.sources</aptSources>
                          <rosdepSources>BASE/rosdep/base.yaml,BASE/rosdep/python.yaml,BASE/rosdep/ruby.yaml</rosdepSources>
                          <rosdistroIndex>BASE/index-v4.yaml</rosdistroIndex>
                          <skipKeys>SKIPPED</skipKeys>
                """.replace(
                        "BASE", workplace.rosdistro().toString())
                .replace("SKIPPED", String.join(",", new TreeSet<>(RosWorkspace.UNKNOWN_KEYS)))));
        return project;
    }
}
