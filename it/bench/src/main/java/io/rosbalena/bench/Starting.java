package io.rosbalena.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Starting a service whose layers are unpacked: until its program, {@code date}, looks at the clock. */
final class Starting implements Measurement {
    private final Workplace workplace;

    Starting(Workplace workplace) {
        this.workplace = workplace;
    }

    @Override
    public List<Row> measure() throws IOException, InterruptedException {
        Path project = new Robots(workplace).packages();
        WarmRoot root = WarmRoot.of(workplace);
        Command run = workplace.offline(project, workplace.store(), "rosbalena:run");
        run.run();
        List<Cost> ours = new ArrayList<>();
        List<Cost> theirs = new ArrayList<>();
        for (int i = 0; i < workplace.runs(); i++) {
            Command.Result result = run.run();
            Command.Line running = result.line("Running main");
            Command.Line date = result.line("main | ");
            ours.add(new Cost(
                    until(running.at(), date.text()),
                    date.cost().minus(running.cost()).cpu()));
            theirs.add(underUnshare(root));
        }
        return List.of(Row.seconds(
                "starting a service whose layers are unpacked",
                Cost.median(ours),
                "unshare … chroot … date, in one folder",
                Cost.median(theirs),
                0.1));
    }

    private static Cost underUnshare(WarmRoot root) throws IOException, InterruptedException {
        Instant start = Instant.now();
        Command.Result result = new Command(
                        "unshare",
                        "--user",
                        "--map-root-user",
                        "--mount",
                        "--pid",
                        "--fork",
                        "chroot",
                        root.directory().toString(),
                        "date",
                        "+%s.%N")
                .run();
        return new Cost(until(start, result.output()), result.cost().cpu());
    }

    /** @param clock ends with what {@code date +%s.%N} printed */
    private static double until(Instant start, String clock) {
        String[] parts = clock.substring(clock.lastIndexOf(' ') + 1).split("\\.", -1);
        Instant at = Instant.ofEpochSecond(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
        return Duration.between(start, at).toNanos() / 1e9;
    }
}
