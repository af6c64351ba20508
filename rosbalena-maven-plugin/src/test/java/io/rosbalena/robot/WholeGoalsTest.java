package io.rosbalena.robot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rosbalena.RealTool;
import io.rosbalena.finding.FindingException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole goals on a small robot: what they write, what they leave alone, what they tell. */
class WholeGoalsTest {
    @TempDir
    private Path folder;

    private SmallRobot robot;

    @BeforeEach
    void makeARobot() throws IOException {
        robot = SmallRobot.in(folder);
    }

    private Map<String, String> output() throws IOException {
        Map<String, String> files = new TreeMap<>();
        Path target = robot.file("target/rosbalena");
        try (Stream<Path> found = Files.walk(target)) {
            for (Path file : (Iterable<Path>) found.filter(Files::isRegularFile)::iterator) {
                if (!file.endsWith("timing.json")) {
                    files.put(
                            target.relativize(file).toString(),
                            io.rosbalena.store.Digest.of(file).hex());
                }
            }
        }
        return files;
    }

    @Test
    void theFirstBuildWritesLockImagesAndManifest() throws Exception {
        robot.build();

        assertThat(robot.said())
                .contains("commit rosbalena.lock")
                .last()
                .asString()
                .matches("1 image, [0-9.]+ MB: target/rosbalena/images; manifest: target/rosbalena/docker-compose.yml");
        assertThat(Files.readString(robot.file("target/rosbalena/docker-compose.yml")))
                .containsPattern("image: small/talker@sha256:[0-9a-f]{64}");
        assertThat(output()).containsKeys("images/index.json", "images/oci-layout", "build.json");
    }

    @Test
    void aBuildWithNothingToDoSaysSoAndTouchesNothing() throws Exception {
        robot.build();
        FileTime long_ago = FileTime.fromMillis(0);
        Path manifest = robot.file("target/rosbalena/docker-compose.yml");
        Files.setLastModifiedTime(manifest, long_ago);
        robot.build();

        assertThat(robot.said()).anyMatch(line -> line.contains("nothing changed"));
        assertThat(Files.getLastModifiedTime(manifest)).isEqualTo(long_ago);
    }

    @Test
    void anotherStoreGivesTheSameBytes() throws Exception {
        robot.build();
        Map<String, String> before = output();
        robot.store(folder.resolve("another store")).locked().build();

        assertThat(output()).isEqualTo(before);
    }

    @Test
    void aStoreWithGarbageInItGivesTheSameBytes() throws Exception {
        robot.build();
        Map<String, String> before = output();
        for (String part : List.of("results", "file-digests", "manifests")) {
            Path damaged = robot.storeFolder().resolve(part);
            if (Files.isDirectory(damaged)) {
                try (Stream<Path> found = Files.walk(damaged)) {
                    int number = 0;
                    for (Path file : (Iterable<Path>) found.filter(Files::isRegularFile)::iterator) {
                        Files.writeString(file, number++ % 2 == 0 ? "" : "{\"digest\": 7}");
                    }
                }
            }
        }
        robot.build();

        assertThat(output()).isEqualTo(before);
    }

    @Test
    void whatWasCutShortInTheStoreIsMadeAgain() throws Exception {
        robot.build();
        Map<String, String> before = output();
        try (Stream<Path> found = Files.walk(robot.storeFolder().resolve("blobs/sha256"))) {
            for (Path file : (Iterable<Path>) found.filter(Files::isRegularFile)::iterator) {
                assertThat(file.toFile().setWritable(true)).isTrue();
                byte[] half = Files.readAllBytes(file);
                Files.delete(file);
                Files.write(file, Arrays.copyOf(half, half.length / 2));
            }
        }
        robot.build();

        assertThat(output()).isEqualTo(before);
    }

    /** Someone wrote through the hard links in images/: the store's files have the same size and other bytes. */
    @Test
    void whatWasWrittenToInImagesIsMadeAgain() throws Exception {
        robot.build();
        Map<String, String> before = output();
        try (Stream<Path> found = Files.walk(robot.file("target/rosbalena/images/blobs/sha256"))) {
            for (Path file : (Iterable<Path>) found.filter(Files::isRegularFile)::iterator) {
                assertThat(file.toFile().setWritable(true)).isTrue();
                try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
                    bytes.seek(bytes.length() / 2);
                    bytes.write(0);
                }
            }
        }
        assertThat(output()).isNotEqualTo(before);
        robot.build();

        assertThat(output()).isEqualTo(before);
    }

    @Test
    void whatIsGoneFromTargetOrStoreIsMadeAgain() throws Exception {
        robot.build();
        Map<String, String> before = output();
        for (Path gone : List.of(robot.storeFolder().resolve("blobs/sha256"), robot.file("target/rosbalena/images"))) {
            try (Stream<Path> found = Files.walk(gone)) {
                for (Path file : (Iterable<Path>) found.filter(Files::isRegularFile)::iterator) {
                    Files.delete(file);
                }
            }
        }
        robot.build();

        assertThat(output()).isEqualTo(before);
    }

    @Test
    void servicesGetWhatIsRecommendedIfTheUserSaysSo() throws Exception {
        robot.archive()
                .deb("hello", "1.1-1", "amd64", "Recommends: extras, nowhere")
                .deb("extras", "1", "amd64")
                .debWith(SmallRobot.PROGRAMS, "apt", "2.7", "amd64", "Priority: required", "Recommends: certificates")
                .deb("certificates", "1", "all");
        robot.publish().build();
        assertThat(robot.packages("talker")).contains("hello").doesNotContain("extras", "certificates");

        robot.recommends(true).build();
        assertThat(robot.packages("talker")).contains("hello", "extras");
    }

    @Test
    void linesOfScriptsThatNobodyKnowsAreToldOrRefusedOrIgnored() throws Exception {
        robot.archive()
                .debWith(
                        Map.of("DEBIAN/postinst", "#!/bin/sh\nset -e\nfrobnicate --now\n"),
                        "hello",
                        "1.1-1",
                        "amd64",
                        "Depends: libhello1 (>= 1)");
        robot.publish();
        FindingException e = catchThrowableOfType(
                FindingException.class, () -> robot.unknownScripts("fail").build());
        assertThat(e.findings()).hasSize(1);
        assertThat(e.getMessage()).contains("error RB245", "postinst of hello 1.1-1", "line 3: frobnicate --now");
        assertThat(robot.file("rosbalena.lock")).doesNotExist();

        robot.unknownScripts("warn").build();
        assertThat(robot.said()).anyMatch(line -> line.contains("warning RB245"));
        assertThat(report()).contains("RB245");
        robot.unknownScripts("ignore").build();
        assertThat(robot.said()).noneMatch(line -> line.contains("RB245"));
        assertThat(report()).doesNotContain("RB245");

        e = catchThrowableOfType(
                FindingException.class, () -> robot.unknownScripts("hide").build());
        assertThat(e.getMessage()).contains("RB756 unknownScripts cannot be hide", "warn, fail, ignore");
    }

    /** The images stay as they are; what they were built from does not. */
    @Test
    void anotherCommitOfARepositoryStandsInTheReport() throws Exception {
        RealTool.require("git");
        robot.write("src/tools/README", "of the tools").write("robot.repos", """
                repositories:
                  tools: {type: git, url: 'https://example.org/tools.git', version: main}
                """);
        RealTool.run(robot.file("src/tools"), "git", "init", "--quiet", "--initial-branch=main");
        String first = commit();
        robot.build();
        assertThat(report()).contains(first);
        String second = commit();
        robot.build();
        assertThat(robot.said()).noneMatch(line -> line.contains("nothing changed"));
        assertThat(report()).contains(second).doesNotContain(first);
        robot.write("robot.repos", "repositories: {}\n").build();
        assertThat(report()).doesNotContain(second);
    }

    private String commit() throws IOException {
        Path repository = robot.file("src/tools");
        String[] command = {
            "git",
            "-c",
            "user.name=n",
            "-c",
            "user.email=n@example.org",
            "commit",
            "--quiet",
            "--allow-empty",
            "-m",
            "m"
        };
        RealTool.run(repository, command);
        return RealTool.run(repository, "git", "rev-parse", "HEAD").strip();
    }

    private String report() throws IOException {
        return Files.readString(robot.file("target/rosbalena/build.json"));
    }

    /** Its last month is December 2026, so that today it either ends or has ended. */
    @Test
    void tellsOfADistributionThatEndsWhileLockingAlone() throws Exception {
        robot.rosDistro("kilted");
        robot.lock();
        assertThat(robot.said()).anyMatch(line -> line.contains("warning RB059") && line.contains("2026-12-31"));
        robot.build();
        assertThat(robot.said()).noneMatch(line -> line.contains("RB059"));
    }
}
