package io.rosbalena.sandbox;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.store.DirectoryRemoval;
import io.rosbalena.store.FileFinding;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Copies of directory trees by {@code cp}, which keeps links, modes and times and never follows a link. */
public final class Copying {
    private Copying() {}

    /** Makes {@code target}, which is not there yet, a tree of hard links to the files of {@code source}. */
    static void links(Path source, Path target) throws IOException, InterruptedException {
        run(List.of("--link", "--no-target-directory", source.toString(), target.toString()));
    }

    /** Makes {@code target} hold what {@code source} holds, and nothing else. */
    public static void replace(Path source, Path target) throws IOException, InterruptedException {
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(target)) {
            stream.forEach(children::add);
        }
        for (Path child : children) {
            DirectoryRemoval.remove(child);
        }
        run(List.of("--reflink=auto", source + "/.", target.toString()));
    }

    private static void run(List<String> arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(Tool.require("cp", "coreutils").toString(), "--archive"));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C");
        Process cp = builder.start();
        List<String> said = new ArrayList<>();
        try {
            cp.getOutputStream().close();
            Lines lines = Lines.read(cp.getInputStream(), line -> {
                if (said.size() < 20) {
                    said.add(line);
                }
            });
            int status = cp.waitFor();
            lines.await();
            if (status != 0) {
                if (said.stream().anyMatch(FileFinding::isFull)) {
                    throw FindingException.environment(FileFinding.full(Path.of(arguments.get(arguments.size() - 1))));
                }
                throw FindingException.environment(
                        Finding.error("RB336", "cannot copy files: " + String.join("; ", said))
                                .fix("Check that the disk is healthy and writable."));
            }
        } finally {
            cp.destroyForcibly().onExit().join();
        }
    }
}
