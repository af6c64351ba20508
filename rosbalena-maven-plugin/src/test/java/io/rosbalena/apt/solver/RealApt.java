package io.rosbalena.apt.solver;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Debian's own apt with the machine's sources, but a state of its own in which nothing is installed. */
final class RealApt {
    private static final Pattern INSTALLED = Pattern.compile("Inst (\\S+) (?:\\[\\S+\\] )?\\((\\S+) .*");

    private final Path folder;
    private final String architecture;

    private RealApt(Path folder, String architecture) {
        this.folder = folder;
        this.architecture = architecture;
    }

    /** Downloads the indexes of an architecture into a folder; empty if the machine has no apt or no archive. */
    static Optional<RealApt> in(Path folder, String architecture) throws IOException {
        if (!Files.isExecutable(Path.of("/usr/bin/apt-get"))) {
            return Optional.empty();
        }
        Files.createDirectories(folder.resolve("state/lists/partial"));
        Files.createDirectories(folder.resolve("cache/archives/partial"));
        Files.writeString(folder.resolve("status"), "");
        RealApt apt = new RealApt(folder, architecture);
        return apt.run(List.of("update")).status() == 0 ? Optional.of(apt) : Optional.empty();
    }

    /** Names and versions that {@code apt-get install} would install; empty if it refuses. */
    Optional<SortedMap<String, String>> install(List<String> roots, boolean recommends) throws IOException {
        List<String> command = new ArrayList<>(List.of("-s", "-o", "APT::Install-Recommends=" + recommends, "install"));
        command.addAll(roots);
        Result result = run(command);
        if (result.status() != 0) {
            return Optional.empty();
        }
        SortedMap<String, String> installed = new TreeMap<>();
        result.output().lines().map(INSTALLED::matcher).filter(Matcher::matches).forEach(line -> {
            installed.put(line.group(1).replaceFirst(":.*", ""), line.group(2));
        });
        return Optional.of(installed);
    }

    private record Result(int status, String output) {}

    private Result run(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("apt-get", "-q"));
        for (String option : List.of(
                "APT::Architecture=" + architecture,
                "Dir::State=" + folder.resolve("state"),
                "Dir::State::status=" + folder.resolve("status"),
                "Dir::Cache=" + folder.resolve("cache"),
                // Machines made of container images switch these off, and apt would parse 60 MB for every set.
                "Dir::Cache::pkgcache=pkgcache.bin",
                "Dir::Cache::srcpkgcache=srcpkgcache.bin",
                "Acquire::GzipIndexes=false",
                "Dir::Etc::preferences=/dev/null",
                "Dir::Etc::preferencesparts=/dev/null",
                "APT::Get::List-Cleanup=false",
                "APT::Sandbox::User=root",
                "Debug::NoLocking=true")) {
            command.add("-o");
            command.add(option);
        }
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        try {
            return new Result(process.waitFor(), output);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
