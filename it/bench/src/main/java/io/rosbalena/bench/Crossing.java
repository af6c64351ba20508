package io.rosbalena.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What it takes in processor time to compile for arm64 on this x86-64 machine: crossed, against the same robot for this
 * machine, and against the same packages compiled by an emulator. Downloads and roots are there, results are not. Once for
 * the whole build, images included, and once for compiling alone, which is from the line that says that it begins to the
 * one that counts the packages. The emulated build is made once and of the courier alone, for it takes minutes.
 */
final class Crossing implements Measurement {
    private static final String HERE = "linux/amd64";
    private static final String THERE = "linux/arm64";

    private final Workplace workplace;

    Crossing(Workplace workplace) {
        this.workplace = workplace;
    }

    /**
     * What a robot took.
     *
     * @param whole the whole build
     * @param compiling the part of it that compiles
     */
    private record Taken(Cost whole, Cost compiling) {
        static Taken median(List<Taken> runs) {
            return new Taken(
                    Cost.median(runs.stream().map(Taken::whole).toList()),
                    Cost.median(runs.stream().map(Taken::compiling).toList()));
        }
    }

    @Override
    public List<Row> measure() throws IOException, InterruptedException {
        List<Row> rows = new ArrayList<>();
        Path courier = workplace.empty("crossing-courier");
        Workplace.copy(workplace.courier(), courier);
        rows.addAll(measure("the courier", courier, 1.8, true));
        Path sixty = SixtyPackages.in(workplace.empty("crossing-sixty"), Robots.pom("sixty", workplace.version(), ""))
                .project();
        rows.addAll(measure("60 packages", sixty, 1.3, false));
        return rows;
    }

    private List<Row> measure(String name, Path project, double most, boolean emulates)
            throws IOException, InterruptedException {
        if (!Files.readString(project.resolve("pom.xml")).contains(HERE)) {
            throw new IllegalStateException("crossing is measured on x86-64 machines");
        }
        Path foreign = workplace.empty(project.getFileName() + "-arm64");
        Workplace.copy(project, foreign);
        Path pom = foreign.resolve("pom.xml");
        Files.writeString(pom, Files.readString(pom).replace(HERE, THERE));
        Path store = workplace.empty(project.getFileName() + "-store");
        for (Path robot : List.of(project, foreign)) {
            workplace.maven(robot, store, "rosbalena:build").run();
        }

        List<Taken> own = new ArrayList<>();
        List<Taken> crossed = new ArrayList<>();
        for (int run = 0; run < workplace.runs(); run++) {
            own.add(build(project, store));
            crossed.add(build(foreign, store));
        }
        Taken here = Taken.median(own);
        Taken there = Taken.median(crossed);
        List<Row> rows = new ArrayList<>(List.of(
                Row.processors(name + " for arm64, the whole build", there.whole(), "for amd64", here.whole(), most),
                Row.processors("the same, compiling alone", there.compiling(), "for amd64", here.compiling(), most)));
        if (emulates) {
            Cost emulated = build(foreign, store, emulate(packages(project))).compiling();
            rows.add(Row.processors("the same, compiling alone", there.compiling(), "emulated", emulated, 1 / 4.0));
        }
        return rows;
    }

    private static String emulate(String packages) {
        return "-Drosbalena.emulate=" + packages;
    }

    private static String packages(Path project) throws IOException {
        try (Stream<Path> folders = Files.list(project.resolve("src"))) {
            return folders.map(folder -> String.valueOf(folder.getFileName()))
                    .sorted()
                    .collect(Collectors.joining(","));
        }
    }

    private Taken build(Path project, Path store, String... options) throws IOException, InterruptedException {
        for (String folder : List.of("results", "builds")) {
            new Command("rm", "-rf", store.resolve(folder).toString()).run();
        }
        List<String> goals = new ArrayList<>(List.of("rosbalena:build"));
        goals.addAll(List.of(options));
        Command.Result result = workplace
                .offline(project, store, goals.toArray(String[]::new))
                .weighingLines()
                .run();
        return new Taken(result.cost(), result.between("Compiling in the build root", "  compiled "));
    }
}
