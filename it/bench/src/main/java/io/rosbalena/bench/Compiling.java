package io.rosbalena.bench;

import io.rosbalena.lock.LockedPackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A workspace of sixty packages, against colcon on this machine, which must have the same tools: everything for the first
 * time, nothing changed, one line changed in the lowest library. Ours writes the images as well.
 */
final class Compiling implements Measurement {
    private final Workplace workplace;

    Compiling(Workplace workplace) {
        this.workplace = workplace;
    }

    @Override
    public List<Row> measure() throws IOException, InterruptedException {
        SixtyPackages robot = SixtyPackages.in(workplace.empty("sixty"), Robots.pom("sixty", workplace.version(), ""));
        workplace.configureJava(robot.project());
        workplace.maven(robot.project(), workplace.store(), "rosbalena:build").run();
        List<LockedPackage> packages = Robots.locked(robot.project()).packages();
        Path twin = workplace.twin();
        Path there = workplace.empty("sixty-colcon");
        List<Cost> first = new ArrayList<>();
        List<Cost> firstOfColcon = new ArrayList<>();
        List<Cost> nothing = new ArrayList<>();
        List<Cost> nothingOfColcon = new ArrayList<>();
        List<Cost> nothingOfMaven = new ArrayList<>();
        List<Cost> line = new ArrayList<>();
        List<Cost> lineOfColcon = new ArrayList<>();
        for (int run = 0; run < workplace.runs(); run++) {
            Path store = withWarmRoot(packages);
            first.add(build(robot, store, ""));
            nothing.add(build(robot, store, "nothing changed"));
            nothingOfMaven.add(workplace.offline(twin, store, "validate").run().cost());
            change(robot.lowest(), run);
            line.add(build(robot, store, "compiled 1 of 60 packages"));

            there = workplace.empty("sixty-colcon");
            Workplace.copy(robot.project().resolve("src"), there.resolve("src"));
            firstOfColcon.add(colcon(there));
            nothingOfColcon.add(colcon(there));
            change(new SixtyPackages(there).lowest(), run + workplace.runs());
            lineOfColcon.add(colcon(there));
        }
        Cost still = Cost.median(nothing);
        return List.of(
                Row.ratio(
                        "60 packages for the first time",
                        Cost.median(first),
                        "colcon build",
                        Cost.median(firstOfColcon),
                        1.3),
                Row.ratio("nothing changed", still, "colcon build", Cost.median(nothingOfColcon), 1 / 6.0),
                Row.difference("the same", still, "mvn validate, packaging pom", Cost.median(nothingOfMaven), 0.7),
                Row.ratio("one line changed", Cost.median(line), "colcon build", Cost.median(lineOfColcon), 1 / 3.5));
    }

    private Cost build(SixtyPackages robot, Path store, String says) throws IOException, InterruptedException {
        Command.Result result =
                workplace.offline(robot.project(), store, "rosbalena:build").run();
        if (!says.isEmpty()) {
            result.line(says);
        }
        return result.cost();
    }

    /** A store that holds the downloads and the root, and no result of a compile. */
    private Path withWarmRoot(List<LockedPackage> packages) throws IOException, InterruptedException {
        Path store = new Robots(workplace).cold(packages);
        Path roots = Files.createDirectories(store.resolve("roots"));
        try (Stream<Path> all = Files.list(workplace.store().resolve("roots"))) {
            for (Path root : all.filter(one -> Files.isDirectory(one, LinkOption.NOFOLLOW_LINKS))
                    .toList()) {
                new Command("cp", "-al", root.toString(), roots.toString()).run();
            }
        }
        return store;
    }

    private static void change(Path file, int run) throws IOException {
        Files.writeString(file, Files.readString(file).replaceFirst("int most = [0-9]+", "int most = " + (run + 1)));
    }

    private static Cost colcon(Path workspace) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("env", "-i"));
        Colcon.ENVIRONMENT.forEach((name, value) -> arguments.add(name + "=" + value));
        arguments.addAll(List.of(Colcon.call(workspace.toString())));
        return new Command(arguments).in(workspace).run().cost();
    }
}
