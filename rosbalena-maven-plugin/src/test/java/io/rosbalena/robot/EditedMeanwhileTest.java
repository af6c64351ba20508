package io.rosbalena.robot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rosbalena.finding.FindingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever edits a project while it is built never finds a build under what it was not made from. */
class EditedMeanwhileTest {
    @TempDir
    private Path folder;

    private static String report(SmallRobot robot) throws IOException {
        return Files.readString(robot.file("target/rosbalena/build.json"));
    }

    @Test
    void aFileOfAServiceIsThatWhichTheBuildIsKnownBy() throws Exception {
        SmallRobot robot = SmallRobot.in(folder)
                .write("docker-compose.yml", """
                        services:
                          talker:
                            command: [hello]
                            x-rosbalena:
                              apt: [hello]
                              files: ["config.yaml:/etc/robot/", "maps:/maps"]
                        """)
                .write("config.yaml", "rate: 10\n")
                .write("maps/hall.txt", "a wall\n");
        robot.lock();
        robot.build();
        String alone = report(robot);

        AtomicBoolean edited = new AtomicBoolean();
        robot.store(folder.resolve("other store"))
                .whileFetching(() -> {
                    try {
                        robot.write("config.yaml", "rate: 99\n").write("maps/hall.txt", "a door\n");
                        edited.set(true);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .build();

        assertThat(edited).isTrue();
        assertThat(report(robot)).isEqualTo(alone);

        robot.build();
        assertThat(report(robot)).isNotEqualTo(alone);
        robot.write("config.yaml", "rate: 10\n")
                .write("maps/hall.txt", "a wall\n")
                .build();
        assertThat(robot.said()).anyMatch(line -> line.startsWith("nothing changed"));
        assertThat(report(robot)).isEqualTo(alone);
    }

    @Test
    void aLargeFileThatIsWrittenMeanwhileEndsTheBuild() throws Exception {
        SmallRobot robot =
                SmallRobot.in(folder).write("docker-compose.yml", """
                        services:
                          talker:
                            command: [hello]
                            x-rosbalena:
                              apt: [hello]
                              files: ["weights.bin:/opt/"]
                        """).write("weights.bin", "0".repeat(5 << 20));
        robot.lock();
        robot.build();
        String before = report(robot);

        robot.store(folder.resolve("other store")).whileFetching(() -> {
            try {
                robot.write("weights.bin", "1".repeat(5_300_000));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });

        assertThatThrownBy(robot::build)
                .isInstanceOf(FindingException.class)
                .hasMessageContaining("RB717")
                .hasMessageContaining("weights.bin");
        assertThat(report(robot)).isEqualTo(before);
    }
}
