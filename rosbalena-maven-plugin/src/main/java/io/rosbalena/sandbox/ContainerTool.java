package io.rosbalena.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The command line of docker or podman.
 *
 * @param name what a person calls it
 * @param words program and options that each call begins with
 * @param options more options of {@code run}
 */
record ContainerTool(String name, List<String> words, List<String> options) {
    /** What the programs must know of who calls them: where their daemon, settings and images are. */
    private static final List<String> VARIABLES = List.of(
            "HOME",
            "XDG_RUNTIME_DIR",
            "XDG_CONFIG_HOME",
            "XDG_DATA_HOME",
            "DOCKER_HOST",
            "DOCKER_CONTEXT",
            "DOCKER_CONFIG",
            "DOCKER_CERT_PATH",
            "DOCKER_TLS_VERIFY",
            "CONTAINER_HOST",
            "CONTAINERS_CONF",
            "CONTAINERS_STORAGE_CONF");

    /** The process that asks, where the system is Linux. */
    private static final Path PROCESS = Path.of("/proc/self");

    /** Far more than compilers need; a build that starts processes without end is told that there are no more. */
    private static final String PROCESSES = "--pids-limit=4096";

    ContainerTool {
        words = List.copyOf(words);
        options = List.copyOf(options);
    }

    /** Which of both are on this machine, docker first. */
    static List<ContainerTool> installed() {
        List<ContainerTool> found = new ArrayList<>();
        Tool.find("docker")
                .ifPresent(
                        file -> found.add(new ContainerTool("docker", List.of(file.toString()), List.of(PROCESSES))));
        // It limits processes by itself, where the machine lets it.
        Tool.find("podman")
                .ifPresent(file -> found.add(new ContainerTool("podman", List.of(file.toString()), List.of())));
        return found;
    }

    /**
     * What its processes' uid must be, so that the caller owns what they write; empty if that is so for its own root.
     *
     * @throws IOException if the calling user cannot be told
     */
    Optional<String> user() throws IOException, InterruptedException {
        if (!Files.exists(PROCESS)) {
            // Docker of macOS and Windows runs in a machine of its own, and gives the caller what is written there.
            return Optional.empty();
        }
        String uid = me("uid");
        if (!name.equals("docker")
                || uid.equals("0")
                || said(List.of("info")).text().contains("rootless")) {
            return Optional.empty();
        }
        return Optional.of("--user=" + uid + ":" + me("gid"));
    }

    private static String me(String id) throws IOException {
        return String.valueOf(Files.getAttribute(PROCESS, "unix:" + id));
    }

    /** Why it does not work here; empty if it does. */
    Optional<Refusal> probe() throws IOException, InterruptedException {
        Said said = said(List.of("version"));
        return said.status() == 0
                ? Optional.empty()
                : Optional.of(new Refusal(
                        "container of " + name,
                        said.text()
                                .strip()
                                .lines()
                                .reduce((first, second) -> second)
                                .orElse("no message"),
                        "start its daemon, or let this user use it: " + name + " version must work"));
    }

    /** A command line of it. */
    List<String> line(List<String> arguments) {
        List<String> line = new ArrayList<>(words);
        line.addAll(arguments);
        return line;
    }

    /** The part of this process's environment that it is given. */
    Map<String, String> environment() {
        return variables();
    }

    /** The part of this process's environment that both may be given. */
    static Map<String, String> variables() {
        Map<String, String> environment = new LinkedHashMap<>();
        for (String variable : VARIABLES) {
            Optional.ofNullable(System.getenv(variable)).ifPresent(value -> environment.put(variable, value));
        }
        return environment;
    }

    /**
     * What a call printed.
     *
     * @param status its exit status
     * @param text both of its outputs, at most a megabyte
     */
    record Said(int status, String text) {}

    /** Runs it to its end. */
    Said said(List<String> arguments) throws IOException, InterruptedException {
        Process process = start(arguments);
        try {
            process.getOutputStream().close();
            String text = new String(process.getInputStream().readNBytes(1 << 20), StandardCharsets.UTF_8);
            return new Said(process.waitFor(), text);
        } finally {
            process.destroyForcibly();
        }
    }

    /** Starts it with a pipe to its standard input. */
    Process start(List<String> arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(line(arguments)).redirectErrorStream(true);
        Map<String, String> variables = builder.environment();
        variables.clear();
        variables.putAll(new TreeMap<>(environment()));
        variables.put("PATH", Tool.searchPath());
        variables.put("LC_ALL", "C.UTF-8");
        return builder.start();
    }
}
