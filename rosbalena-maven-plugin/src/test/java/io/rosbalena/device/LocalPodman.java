package io.rosbalena.device;

import io.rosbalena.RealTool;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Podman's API with a storage of its own. */
public final class LocalPodman implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Process process;
    private final Path folder;

    private LocalPodman(Process process, Path folder) {
        this.process = process;
        this.folder = folder;
    }

    /** Starts it; the calling test is skipped where this machine does not let it run. */
    public static LocalPodman start(Path folder) throws IOException, InterruptedException {
        RealTool.require("podman");
        List<String> command = command(folder, "system", "service", "--time=0", "unix://" + folder.resolve("podman"));
        command.set(0, "/usr/bin/podman");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        LocalPodman podman = new LocalPodman(process, folder);
        long begin = System.nanoTime();
        while (!podman.answers()) {
            boolean ended = process.waitFor(100, TimeUnit.MILLISECONDS);
            if (ended || System.nanoTime() - begin > PATIENCE.toNanos()) {
                podman.close();
                Assumptions.abort("skipped: podman's service does not start here");
            }
        }
        return podman;
    }

    private boolean answers() {
        try {
            new Engine(Endpoint.of(socket()), PATIENCE, PATIENCE).kind();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    public Path socket() {
        return folder.resolve("podman");
    }

    private static List<String> command(Path folder, String... words) {
        List<String> command = new ArrayList<>(List.of(
                "podman",
                "--root=" + folder.resolve("root"),
                "--runroot=" + folder.resolve("run"),
                "--storage-driver=vfs",
                "--cgroup-manager=cgroupfs"));
        command.addAll(List.of(words));
        return command;
    }

    /** What its own command line says. */
    public String podman(String... words) throws IOException {
        return RealTool.run(folder, command(folder, words).toArray(String[]::new))
                .strip();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.destroy();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        // Links of images that lead out of the folder are none of the test's.
        RealTool.run(folder, "find", ".", "-mindepth", "1", "-delete");
    }
}
