package io.rosbalena.bench;

import io.rosbalena.lock.LockedPackage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** From downloaded packages to compressed layers, Java's and Maven's start, tar rewriting and dpkg's state included. */
final class Layers implements Measurement {
    private final Workplace workplace;

    Layers(Workplace workplace) {
        this.workplace = workplace;
    }

    @Override
    public List<Row> measure() throws IOException, InterruptedException {
        Robots robots = new Robots(workplace);
        Path project = robots.packages();
        List<LockedPackage> packages = Robots.locked(project).packages();
        Mmdebstrap mmdebstrap = new Mmdebstrap(packages, robots.archive("archive", packages));
        List<Cost> ours = new ArrayList<>();
        List<Cost> theirs = new ArrayList<>();
        for (int run = 0; run < workplace.runs(); run++) {
            Path store = robots.cold(packages);
            ours.add(workplace.offline(project, store, "rosbalena:build").run().cost());
            theirs.add(mmdebstrap.write(workplace.folder().resolve("system.tar.gz")));
        }
        return List.of(Row.ratio(
                packages.size() + " packages to layers",
                Cost.median(ours),
                Mmdebstrap.NAME + ", tar.gz",
                Cost.median(theirs),
                0.55));
    }
}
