package io.rosbalena.sandbox;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Runs one of our scripts, which say {@code ready} between what they prepare and what the command prints. */
final class Confined {
    /** What a run came to. */
    sealed interface Outcome {}

    /**
     * The command ran.
     *
     * @param status its exit status, 128 + n for signal n
     */
    record Ended(int status) implements Outcome {}

    /**
     * The command was never started.
     *
     * @param said what the programs that prepare it printed
     */
    record Refused(List<String> said) implements Outcome {}

    private static final String READY = "ready";

    private Confined() {}

    /**
     * Starts a command, whose standard input is empty, and waits for it. It is killed when the calling thread is
     * interrupted or ends, and with this process.
     */
    static Outcome run(List<String> command, Consumer<String> output) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(
                // The signal comes when the thread that started the process ends, however that happens: kill -9 too.
                Tool.require("setpriv", "util-linux").toString(), "--pdeathsig", "KILL", "--"));
        all.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(all)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        builder.environment().clear();
        builder.environment().put("PATH", Tool.searchPath());
        builder.environment().put("LC_ALL", "C");
        Preparation preparation = new Preparation(output);
        Process process = builder.start();
        try {
            Lines lines = Lines.read(process.getInputStream(), preparation);
            int status = process.waitFor();
            lines.await();
            return preparation.over ? new Ended(status) : new Refused(List.copyOf(preparation.said));
        } finally {
            process.destroyForcibly();
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
