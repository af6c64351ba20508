package io.rosbalena.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A container engine that nobody here wrote, with a store of its own that is gone afterwards. */
final class Engine implements AutoCloseable {
    /** How long a start may take on a machine that is busy. */
    private static final int ATTEMPTS = 300;

    private final Path folder;
    private final List<String> command;
    private final List<String> runOptions;
    private final List<String> copyOptions;
    private final String destination;
    private final Optional<Process> daemon;
    private final List<String> containers = new ArrayList<>();

    private Engine(
            Path folder,
            List<String> command,
            List<String> runOptions,
            List<String> copyOptions,
            String destination,
            Optional<Process> daemon) {
        this.folder = folder;
        this.command = command;
        this.runOptions = runOptions;
        this.copyOptions = copyOptions;
        this.destination = destination;
        this.daemon = daemon;
    }

    /** Debian's dockerd, without the network that it cannot set up everywhere. */
    static Engine docker() throws IOException, InterruptedException {
        Program.require("dockerd", "docker", "skopeo", "umoci", "busybox");
        Program.requireRoot("starts dockerd");
        Path folder = folder();
        String socket = address(folder);
        Path log = folder.resolve("dockerd.log");
        Process daemon = Program.of(
                        "dockerd",
                        "--bridge=none",
                        "--iptables=false",
                        "--ip6tables=false",
                        "--data-root=" + folder.resolve("data"),
                        "--exec-root=" + folder.resolve("run"),
                        "--pidfile=" + folder.resolve("pid"),
                        "--host=" + socket)
                .builder()
                .redirectOutput(log.toFile())
                .start();
        Engine engine = new Engine(
                folder,
                List.of("docker", "--host", socket),
                List.of(),
                List.of("--dest-daemon-host", socket),
                "docker-daemon:",
                Optional.of(daemon));
        for (int i = 0; engine.run("version").status() != 0; i++) {
            if (i == ATTEMPTS || daemon.waitFor(200, TimeUnit.MILLISECONDS)) {
                engine.close();
                Assumptions.abort("skipped: dockerd does not start here:\n" + Files.readString(log));
            }
        }
        return engine.proved();
    }

    private static String address(Path folder) {
        return "unix://" + folder.resolve("socket");
    }

    /** Where the daemon listens, as {@code DOCKER_HOST} has it. */
    String address() {
        return address(folder);
    }

    /** Podman with runc and limits that need no right to raise them. */
    static Engine podman() throws IOException, InterruptedException {
        Program.require("podman", "runc", "skopeo", "umoci", "busybox");
        Program.requireRoot("runs podman without further set-up");
        Path folder = folder();
        Path data = folder.resolve("data");
        Path run = folder.resolve("run");
        return new Engine(
                        folder,
                        List.of(
                                "podman",
                                "--root=" + data,
                                "--runroot=" + run,
                                "--runtime=runc",
                                "--cgroup-manager=cgroupfs",
                                "--events-backend=file",
                                "--tmpdir=" + folder.resolve("tmp")),
                        List.of("--ulimit=nofile=1024:1024", "--ulimit=nproc=1024:1024"),
                        List.of(),
                        "containers-storage:[overlay@" + data + "+" + run + "]",
                        Optional.empty())
                .proved();
    }

    /** Paths of sockets are short, so the folder is not one of the build's. */
    private static Path folder() throws IOException {
        return Files.createTempDirectory("engine");
    }

    /** Skips the test where not even busybox runs. */
    private Engine proved() throws IOException, InterruptedException {
        Path layout = folder.resolve("probe");
        String image = layout + ":probe";
        Program.of("umoci", "init", "--layout", layout).output();
        Program.of("umoci", "new", "--image", image).output();
        Path busybox = Path.of("/bin/busybox").toRealPath();
        Program.of("umoci", "insert", "--rootless", "--image", image, busybox, "/busybox")
                .output();
        String problem;
        try {
            load("oci:" + image, "probe:it");
            problem = runToEnd(List.of("--network=host"), "probe:it", "/busybox", "true");
        } catch (AssertionError e) {
            problem = e.getMessage();
        }
        if (!problem.isEmpty()) {
            close();
            Assumptions.abort("skipped: " + command.get(0) + " cannot run containers here: " + problem);
        }
        return this;
    }

    /** Brings an image into the engine. */
    void load(String source, String name) throws IOException, InterruptedException {
        List<Object> copy = new ArrayList<>(List.of("skopeo", "copy", "-q", "--insecure-policy"));
        copy.addAll(copyOptions);
        copy.add(source);
        copy.add(destination + name);
        Program.of(copy.toArray()).output();
    }

    /** Starts a container in the background. */
    void start(String container, List<String> options, String image, List<String> arguments)
            throws IOException, InterruptedException {
        containers.add(container);
        List<String> words = new ArrayList<>(List.of("run", "--detach", "--name=" + container));
        words.addAll(runOptions);
        words.addAll(options);
        words.add(image);
        words.addAll(arguments);
        output(words.toArray(String[]::new));
    }

    /** Runs a container to its end; what it printed. */
    String runToEnd(List<String> options, String image, String... arguments) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("run", "--rm"));
        words.addAll(runOptions);
        words.addAll(options);
        words.add(image);
        words.addAll(List.of(arguments));
        return output(words.toArray(String[]::new));
    }

    /** Waits until a container prints a line that holds a text. */
    void await(String container, String text) throws IOException {
        Process logs =
                Program.of(words("logs", "--follow", container)).builder().start();
        try (BufferedReader lines = logs.inputReader()) {
            StringBuilder seen = new StringBuilder();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.contains(text)) {
                    return;
                }
                seen.append(line).append('\n');
            }
            throw new AssertionError(container + " ended without \"" + text + "\":\n" + seen);
        } finally {
            logs.destroyForcibly();
        }
    }

    /** Stops a container as its image asks; its exit status. */
    int stop(String container) throws IOException, InterruptedException {
        output("stop", "--time=20", container);
        return Integer.parseInt(
                output("inspect", "--format={{.State.ExitCode}}", container).strip());
    }

    String logs(String container) throws IOException, InterruptedException {
        return output("logs", container);
    }

    private String output(String... arguments) throws IOException, InterruptedException {
        return Program.of(words(arguments)).output();
    }

    private Program.Result run(String... arguments) throws IOException, InterruptedException {
        return Program.of(words(arguments)).run();
    }

    private Object[] words(String... arguments) {
        List<String> words = new ArrayList<>(command);
        words.addAll(List.of(arguments));
        return words.toArray();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        for (String container : containers) {
            run("rm", "--force", container);
        }
        if (daemon.isPresent()) {
            daemon.get().destroy();
            if (!daemon.get().waitFor(30, TimeUnit.SECONDS)) {
                daemon.get().destroyForcibly().waitFor();
            }
        } else {
            run("system", "reset", "--force");
        }
        Program.of("umount", folder.resolve("run/netns/default")).run();
        Program.of("rm", "-rf", folder).output();
    }
}
