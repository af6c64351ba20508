package io.rosbalena.sandbox;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Runs one of our scripts, which say {@code ready} between what they prepare and what the command prints. */
final class Confined {
    /**
     * What a run came to.
     *
     * @param started whether the command was started
     * @param status its exit status, 128 + n for signal n
     * @param said what the programs that prepare it printed
     */
    record Outcome(boolean started, int status, List<String> said) {
        Outcome {
            said = List.copyOf(said);
        }

        int statusOrThrow(String way, Path root) {
            if (started) {
                return status;
            }
            throw FindingException.environment(Finding.error(
                            "RB332",
                            "cannot enter the root " + root + " by the way \"" + way + "\": " + String.join("; ", said))
                    .fix("If the machine's settings were changed meanwhile, start again; else report this message."));
        }

        Optional<Refusal> refusal(String way) {
            return started ? Optional.empty() : Optional.of(Refusal.of(way, said, MachineSettings.OF_THIS_MACHINE));
        }
    }

    private static final String READY = "ready";

    private Confined() {}

    /**
     * Starts a script and waits for it. Its standard input is a pipe that stays open as long as this process lives. It is killed when the calling thread is
     * interrupted or ends, and with this process.
     */
    static Outcome run(List<String> command, Consumer<String> output) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(
                // The signal comes when the thread that started the process ends, however that happens: kill -9 too.
                Tool.require("setpriv", "util-linux").toString(), "--pdeathsig", "KILL", "--"));
        all.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(all).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", Tool.searchPath());
        builder.environment().put("LC_ALL", "C");
        Preparation preparation = new Preparation(output);
        Process process = builder.start();
        Lines lines = Lines.read(process.getInputStream(), preparation);
        try {
            int status = process.waitFor();
            lines.await();
            return new Outcome(preparation.over, status, preparation.said);
        } finally {
            process.destroyForcibly();
            process.getOutputStream().close();
            // The stream ends when the last process inside has ended.
            lines.awaitQuietly(Duration.ofSeconds(10));
        }
    }

    /** Keeps the lines before {@code ready}, hands on those after it. Only used by the thread that reads. */
    private static final class Preparation implements Consumer<String> {
        private final Consumer<String> output;
        private final List<String> said = new ArrayList<>();
        private boolean over;

        Preparation(Consumer<String> output) {
            this.output = output;
        }

        @Override
        public void accept(String line) {
            if (over) {
                output.accept(line);
            } else if (line.equals(READY)) {
                over = true;
            } else {
                said.add(line);
            }
        }
    }
}
