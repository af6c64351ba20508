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
        Path more = robots.onePackageMore();
        List<LockedPackage> packages = Robots.locked(project).packages();
        List<LockedPackage> all = Robots.locked(more).packages();
        Mmdebstrap mmdebstrap = new Mmdebstrap(packages, robots.archive("archive", packages));
        Path system = workplace.folder().resolve("system.tar.gz");
        Path configured = workplace.folder().resolve("configured.tar.gz");
        List<Cost> ours = new ArrayList<>();
        List<Cost> changed = new ArrayList<>();
        List<Cost> extracting = new ArrayList<>();
        List<Cost> configuring = new ArrayList<>();
        for (int run = 0; run < workplace.runs(); run++) {
            Path store = robots.cold(all);
            ours.add(workplace.offline(project, store, "rosbalena:build").run().cost());
            changed.add(workplace.offline(more, store, "rosbalena:build").run().cost());
            extracting.add(mmdebstrap.write(system));
            configuring.add(mmdebstrap.configure(configured));
        }
        return List.of(
                Row.ratio(
                        packages.size() + " packages to layers",
                        Cost.median(ours),
                        Mmdebstrap.NAME + ", tar.gz",
                        Cost.median(extracting),
                        0.45),
                Row.ratio(
                        "the same",
                        Cost.median(ours),
                        "mmdebstrap with scripts, tar.gz",
                        Cost.median(configuring),
                        0.2),
                Row.ratio(
                        "the same again with one package more",
                        Cost.median(changed),
                        Mmdebstrap.NAME + ", tar.gz",
                        Cost.median(extracting),
                        0.2),
                Row.bytes("the layers", Robots.layers(project), "gzip -6 of the same", Robots.gzipped(project), 1.05));
    }
}
