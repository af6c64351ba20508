package io.rosbalena.robot.project;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real checkouts, made by git. */
class RepositoriesTest {
    @TempDir
    private Path project;

    private Path talker;
    private final Findings findings = new Findings();

    @BeforeEach
    void checkOut() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/git")), "skipped: git is not installed");
        talker = Files.createDirectories(project.resolve("src/talker"));
        git("init", "--quiet", "--initial-branch=main");
        Files.writeString(talker.resolve("a"), "a");
        commit();
    }

    private void commit() throws Exception {
        git("add", "-A");
        git("-c", "user.name=n", "-c", "user.email=n@example.org", "commit", "--quiet", "-m", "m");
    }

    private String git(String... arguments) throws Exception {
        return run("git", arguments);
    }

    private String run(String program, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(talker.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output.strip();
    }

    private List<Repository> read(String list) throws Exception {
        Files.writeString(project.resolve("robot.repos"), list);
        return read();
    }

    private List<Repository> read() throws IOException, InterruptedException {
        return Repositories.read(
                new RobotProject.Files(
                        project,
                        project.resolve("src"),
                        project.resolve("docker-compose.yml"),
                        project.resolve("rosbalena.lock"),
                        project.resolve("target/rosbalena"),
                        project.resolve("install")),
                findings);
    }

    private List<Repository> asked(String version) throws Exception {
        return read("repositories:\n  talker:\n    type: git\n    url: https://me:secret@example.org/talker.git\n"
                + "    version: " + version + "\n");
    }

    private List<String> told() {
        return findings.all().stream().map(Finding::print).toList();
    }

    @Test
    void findsTheCommitOfABranchATagAndAHash() throws Exception {
        String head = git("rev-parse", "HEAD");
        git("tag", "1.0");
        git("-c", "user.name=n", "-c", "user.email=n@example.org", "tag", "-a", "-m", "m", "2.0");
        git("pack-refs", "--all");
        for (String version : List.of("main", "1.0", "2.0", head, head.substring(0, 10))) {
            assertThat(asked(version))
                    .containsExactly(new Repository(
                            "talker",
                            "git",
                            "https://example.org/talker.git",
                            Optional.of(version),
                            Optional.of(head),
                            Optional.of(false)));
        }
        assertThat(told()).isEmpty();
    }

    @Test
    void takesWhatVcsExports() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/vcs")), "skipped: vcs is not installed");
        git("remote", "add", "origin", "https://example.org/talker.git");
        git("update-ref", "refs/remotes/origin/main", "HEAD");
        String exported = run("vcs", "export", "--exact", "..");
        assertThat(read(exported)).hasSize(1).allSatisfy(one -> {
            assertThat(one.commit()).contains(git("rev-parse", "HEAD")).isEqualTo(one.version());
            assertThat(one.path()).isEqualTo("talker");
        });
        assertThat(told()).isEmpty();
    }

    @Test
    void tellsOfAnotherCommitAndOfChanges() throws Exception {
        git("tag", "1.0");
        Files.writeString(talker.resolve("a"), "b");
        commit();
        Files.writeString(talker.resolve("new"), "c");
        assertThat(asked("1.0")).allSatisfy(one -> assertThat(one.dirty()).contains(true));
        assertThat(told())
                .hasSize(2)
                .anyMatch(line -> line.startsWith("robot.repos:2:3: warning RB028") && line.contains("not the 1.0"))
                .anyMatch(line -> line.startsWith("robot.repos:2:3: warning RB029"));
        assertThat(told()).noneMatch(line -> line.contains("secret"));
    }

    @Test
    void startsNothingThatTheRepositoryNames() throws Exception {
        Path started = project.resolve("started");
        git("config", "core.fsmonitor", "touch " + started + "; false");
        asked("main");
        assertThat(started).doesNotExist();
    }

    @Test
    void tellsOfRepositoriesThatAreMissingOrNoCheckout() throws Exception {
        Files.createDirectories(project.resolve("src/copied"));
        assertThat(read("""
                repositories:
                  absent: {type: git, url: 'git@example.org:a.git'}
                  copied: {type: git, url: x, version: main}
                  ../out: {type: git, url: x}
                  wrong: 5
                """)).extracting(Repository::path).containsExactly("absent", "copied");
        assertThat(told())
                .hasSize(4)
                .anyMatch(line -> line.contains("RB027") && line.contains("vcs import src < robot.repos"))
                .anyMatch(line -> line.contains("RB031"))
                .anyMatch(line -> line.contains("RB030") && line.contains("../out"))
                .anyMatch(line -> line.contains("RB030") && line.contains("wrong"));
    }

    @Test
    void readsOnlyListsThatAreSound() throws Exception {
        assertThat(read("- git: {local-name: a}\n")).isEmpty();
        assertThat(told()).singleElement().asString().contains("RB030");
        assertThat(read("a: *b\n")).isEmpty();
        assertThat(told()).anyMatch(line -> line.contains("error RB100"));
    }
}
