package io.rosbalena.bench;

import io.rosbalena.lock.LockedPackage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The most memory of the Java machine while robots are built from downloaded packages at -Xmx256m. */
final class Memory implements Measurement {
    private final Workplace workplace;

    Memory(Workplace workplace) {
        this.workplace = workplace;
    }

    @Override
    public List<Row> measure() throws IOException, InterruptedException {
        Robots robots = new Robots(workplace);
        return List.of(
                row("the courier's whole build", robots, robots.courier()),
                row("the layers of a robot with cameras", robots, robots.cameras()));
    }

    private Row row(String what, Robots robots, Path project) throws IOException, InterruptedException {
        List<LockedPackage> packages = Robots.locked(project).packages();
        long most = 0;
        List<Cost> costs = new ArrayList<>();
        for (int run = 0; run < workplace.runs(); run++) {
            Command.Result build = workplace
                    .offline(project, robots.cold(packages), "rosbalena:build")
                    .with("MAVEN_OPTS", "-Xmx256m")
                    .run();
            most = Math.max(most, build.peak());
            costs.add(build.cost());
        }
        Command.Result nothing = workplace
                .offline(project, workplace.store(), "validate")
                .with("MAVEN_OPTS", "-Xmx256m")
                .run();
        return new Row(
                "memory of " + what + " of " + packages.size() + " packages at -Xmx256m",
                (most >> 20) + " MiB, " + Row.text(Cost.median(costs)),
                "mvn validate in the same project",
                (nothing.peak() >> 20) + " MiB",
                "(aim: 448 MiB at most)");
    }
}
