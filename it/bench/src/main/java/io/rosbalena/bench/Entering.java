package io.rosbalena.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Entering a build root that is there, from the question whether it is whole to the end of {@code true} inside. */
final class Entering implements Measurement {
    private final Workplace workplace;

    Entering(Workplace workplace) {
        this.workplace = workplace;
    }

    @Override
    public List<Row> measure() throws IOException, InterruptedException {
        WarmRoot root = WarmRoot.of(workplace);
        // Warm is a root that was just used: what this machine's memory holds of its files' attributes.
        new Command("find", root.directory().toString(), "-newermt", "now").run();
        List<Cost> ours = new ArrayList<>();
        List<Cost> theirs = new ArrayList<>();
        for (int run = 0; run < workplace.runs(); run++) {
            double cpu = ProcessorTimes.of(ProcessHandle.current());
            long start = System.nanoTime();
            root.run(List.of(), "/", Map.of("PATH", "/usr/bin"), "true");
            double wall = (System.nanoTime() - start) / 1e9;
            ours.add(new Cost(wall, ProcessorTimes.of(ProcessHandle.current()) - cpu));
            theirs.add(new Command(
                            "unshare",
                            "--user",
                            "--map-root-user",
                            "--mount",
                            "--pid",
                            "--fork",
                            "chroot",
                            root.directory().toString(),
                            "true")
                    .run()
                    .cost());
        }
        return List.of(Row.seconds(
                "entering the warm build root, the first time in a Java machine",
                ours.get(0),
                "unshare … chroot … true",
                Cost.median(theirs),
                0.3));
    }
}
