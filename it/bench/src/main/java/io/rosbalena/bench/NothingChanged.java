package io.rosbalena.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Building the courier again when nothing changed, against Maven doing nothing in a project of packaging pom. */
final class NothingChanged implements Measurement {
    private static final int TIMES = 3;

    private final Workplace workplace;

    NothingChanged(Workplace workplace) {
        this.workplace = workplace;
    }

    @Override
    public List<Row> measure() throws IOException, InterruptedException {
        Path project = new Robots(workplace).courier();
        Command build = workplace.offline(project, workplace.store(), "rosbalena:build");
        Command validate = workplace.offline(workplace.twin(), workplace.store(), "validate");
        build.run();
        List<Cost> ours = new ArrayList<>();
        List<Cost> theirs = new ArrayList<>();
        for (int run = 0; run < TIMES * workplace.runs(); run++) {
            ours.add(build.run().cost());
            theirs.add(validate.run().cost());
        }
        return List.of(Row.difference(
                "building when nothing changed",
                Cost.median(ours),
                "mvn validate, packaging pom",
                Cost.median(theirs),
                0.7));
    }
}
