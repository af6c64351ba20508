package io.rosbalena.bench;

import io.rosbalena.lock.LockedPackage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The most memory of the Java machine while the courier is built from downloaded packages at -Xmx256m. */
final class Memory implements Measurement {
    private final Workplace workplace;

    Memory(Workplace workplace) {
        this.workplace = workplace;
    }

    @Override
    public List<Row> measure() throws IOException, InterruptedException {
        Robots robots = new Robots(workplace);
        Path project = robots.courier();
        List<LockedPackage> packages = Robots.locked(project).packages();
        long most = 0;
        for (int run = 0; run < workplace.runs(); run++) {
            Command.Result build = workplace
                    .offline(project, robots.cold(packages), "rosbalena:build")
                    .with("MAVEN_OPTS", "-Xmx256m")
                    .run();
            most = Math.max(most, build.peak());
        }
        Command.Result nothing = workplace
                .offline(project, workplace.store(), "validate")
                .with("MAVEN_OPTS", "-Xmx256m")
                .run();
        return List.of(new Row(
                "memory of the courier's whole build at -Xmx256m",
                (most >> 20) + " MiB",
                "mvn validate in the same project",
                (nothing.peak() >> 20) + " MiB",
                "(aim: 448 MiB at most)"));
    }
}
