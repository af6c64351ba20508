package io.rosbalena.bench;

import io.rosbalena.lock.LockedPackage;
import io.rosbalena.lock.LockedPlatform;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The root that the courier is compiled in: from downloaded packages to the root with byte code. */
final class BuildRoot implements Measurement {
    private final Workplace workplace;

    BuildRoot(Workplace workplace) {
        this.workplace = workplace;
    }

    @Override
    public List<Row> measure() throws IOException, InterruptedException {
        Robots robots = new Robots(workplace);
        Path project = robots.courier();
        LockedPlatform locked = Robots.locked(project);
        List<LockedPackage> packages = locked.members(LockedPlatform.BUILD);
        Mmdebstrap mmdebstrap = new Mmdebstrap(packages, robots.archive("archive", packages));
        List<Cost> ours = new ArrayList<>();
        List<Cost> theirs = new ArrayList<>();
        for (int run = 0; run < workplace.runs(); run++) {
            Path store = robots.cold(locked.packages());
            Command.Result build = workplace
                    .offline(project, store, "rosbalena:build")
                    .weighingLines()
                    .run();
            ours.add(build.between("Unpacking the build root", "Compiling in the build root"));
            theirs.add(mmdebstrap.write(workplace.empty("root")));
        }
        return List.of(Row.seconds(
                packages.size() + " packages to the build root, byte code included",
                Cost.median(ours),
                Mmdebstrap.NAME + ", folder, no byte code",
                Cost.median(theirs),
                15));
    }
}
