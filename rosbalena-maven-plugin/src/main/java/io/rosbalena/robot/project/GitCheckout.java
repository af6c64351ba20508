package io.rosbalena.robot.project;

import io.rosbalena.sandbox.Tool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What git says of a folder: which formats its references, worktrees and ignored files have is its own affair.
 *
 * @param commit the full hash of what is checked out
 * @param branch its name; empty where none is checked out
 * @param dirty whether files differ from it, files that git does not know and does not ignore included
 */
public record GitCheckout(String commit, Optional<String> branch, boolean dirty) {
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{7,64}");
    private static final String HEAD = "# branch.oid ";
    private static final String BRANCH = "# branch.head ";

    /** The checkout that a folder stands in; empty if it stands in none, or git is not there. */
    public static Optional<GitCheckout> of(Path folder) throws IOException, InterruptedException {
        Optional<Tool> git = Tool.find("git");
        return git.isPresent() ? read(git.get(), folder) : Optional.empty();
    }

    /** Reads a checkout; empty if git cannot tell, for example because the folder belongs to somebody else. */
    static Optional<GitCheckout> read(Tool git, Path folder) throws IOException, InterruptedException {
        Optional<List<String>> lines =
                run(git, folder, "status", "--porcelain=v2", "--branch", "--untracked-files=normal");
        return lines.flatMap(all -> all.stream()
                .filter(line -> line.startsWith(HEAD))
                .map(line -> new GitCheckout(
                        line.substring(HEAD.length()),
                        branch(all),
                        all.stream().anyMatch(other -> !other.startsWith("#"))))
                .filter(found -> HASH.matcher(found.commit()).matches())
                .findFirst());
    }

    private static Optional<String> branch(List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith(BRANCH))
                .map(line -> line.substring(BRANCH.length()))
                .filter(name -> !name.startsWith("("))
                .findFirst();
    }

    /** Whether the commit is the one that this branch, tag or hash stands for here. */
    boolean is(Tool git, Path folder, String version) throws IOException, InterruptedException {
        if (HASH.matcher(version).matches() && commit.startsWith(version)) {
            return true;
        }
        Set<String> commits = new HashSet<>();
        run(
                        git,
                        folder,
                        "for-each-ref",
                        "--format=%(objectname) %(*objectname)",
                        "refs/tags/" + version,
                        "refs/heads/" + version,
                        "refs/remotes/origin/" + version)
                .ifPresent(lines -> lines.forEach(line -> commits.addAll(List.of(line.split(" ")))));
        return commits.contains(commit);
    }

    private static Optional<List<String>> run(Tool git, Path folder, String... arguments)
            throws IOException, InterruptedException {
        // Nothing that a repository's configuration names is started.
        List<String> command = new ArrayList<>(List.of(
                git.toString(),
                "--no-optional-locks",
                "--no-pager",
                "-c",
                "core.fsmonitor=false",
                "-c",
                "core.hooksPath=/dev/null"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectInput(Path.of("/dev/null").toFile());
        Map<String, String> environment = builder.environment();
        // A hook of the project's own repository, in which Maven may run, sets these for that repository.
        environment.keySet().removeIf(name -> name.startsWith("GIT_"));
        environment.put("LC_ALL", "C");
        Process process = builder.start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? Optional.of(output.lines().toList()) : Optional.empty();
        } finally {
            process.destroyForcibly();
        }
    }
}
