package io.rosbalena.robot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rosbalena.RealTool;
import io.rosbalena.finding.FindingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a robot would only say when it starts, said when it is built. */
class PreflightTest {
    private static final String LIBRARY = "usr/lib/x86_64-linux-gnu/libarm.so";

    @TempDir
    private Path folder;

    private SmallRobot robot;

    /** The service {@code talker} holds a library that needs another one; {@code other} holds that one. */
    @BeforeEach
    void aLibraryThatNeedsAnother() throws Exception {
        RealTool.require("gcc");
        Assumptions.assumeTrue(System.getProperty("os.arch").equals("amd64"), "skipped: gcc makes nothing for amd64");
        robot = SmallRobot.in(folder);
        robot.archive().debWith(Map.of(LIBRARY, "not read"), "libarm1", "1", "amd64");
        robot.publish();
        Path source = Files.writeString(folder.resolve("arm.c"), "int arm(void) { return 1; }");
        Path arm = folder.resolve("libarm.so");
        RealTool.run(
                folder,
                "gcc",
                "-shared",
                "-nostdlib",
                "-o",
                arm.toString(),
                "-Wl,-soname,libarm.so",
                source.toString());
        RealTool.run(
                folder,
                "gcc",
                "-shared",
                "-nostdlib",
                "-Wl,--no-as-needed",
                "-o",
                robot.file("libhand.so").toString(),
                source.toString(),
                arm.toString());
        compose("hello", "libhand.so:/usr/lib/libhand.so");
    }

    private void compose(String apt, String files) throws Exception {
        robot.write("docker-compose.yml", """
                services:
                  other:
                    command: [x]
                    x-rosbalena:
                      apt: [libarm1]
                  talker:
                    command: [x]
                    x-rosbalena:
                      apt: [%s]
                      files: [%s]
                """.formatted(apt, files));
    }

    @Test
    void aMissingLibraryStopsTheBuildAndItsPackageIsNamed() {
        assertThatThrownBy(robot::build)
                .isInstanceOf(FindingException.class)
                .hasMessageContaining("docker-compose.yml:10:7: error RB430 service talker: /usr/lib/libhand.so needs"
                        + " libarm.so, which is not in the image")
                .hasMessageContaining("the Debian package libarm1 has it: add it to x-rosbalena.apt");
        assertThat(robot.file("target/rosbalena/build.json")).doesNotExist();
    }

    @Test
    void oneSwitchMakesItAWarningAndAnotherLooksAway() throws Exception {
        robot.preflight("warn").build();
        assertThat(robot.said()).anyMatch(line -> line.contains("warning RB430 service talker"));

        robot.preflight("ignore").build();
        assertThat(robot.said()).noneMatch(line -> line.contains("RB430"));

        assertThatThrownBy(() -> robot.preflight("later").build()).hasMessageContaining("RB440");
    }

    @Test
    void withTheLibraryItBuilds() throws Exception {
        Files.copy(folder.resolve("libarm.so"), robot.file("libarm.so"));
        compose("hello", "libhand.so:/usr/lib/libhand.so, libarm.so:/usr/lib/libarm.so");
        robot.build();

        assertThat(robot.said()).noneMatch(line -> line.contains("RB43"));
        assertThat(robot.storeFolder().resolve("results/preflight")).isDirectoryContaining("glob:**.json");
    }
}
