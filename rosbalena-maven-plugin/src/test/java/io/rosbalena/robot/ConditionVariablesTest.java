package io.rosbalena.robot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rosbalena.colcon.BuildRootPackages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole goals on a robot whose packages depend on what a variable says. */
class ConditionVariablesTest {
    private static final Map<String, String> HARMONIC = Map.of("GZ_VERSION", "harmonic");
    private static final Map<String, String> FORTRESS = Map.of("GZ_VERSION", "fortress");

    @TempDir
    private Path folder;

    private SmallRobot robot;

    /** A package that no service has; the archive also has what a build root takes. */
    @BeforeEach
    void makeARobot() throws IOException {
        robot = SmallRobot.in(folder);
        for (String name : BuildRootPackages.forOs("debian", "bookworm", Set.of("ament_cmake"))) {
            robot.archive().deb(name, "1", "amd64");
        }
        robot.archive().deb("gz8", "1", "amd64");
        robot.publish()
                .write("base.yaml", "gz: {debian: [gz8]}\nament_cmake: {debian: [ament-cmake]}\n")
                .write("src/sim/package.xml", """
                        <package format="3"><name>sim</name><version>1.0.0</version><description>x</description>
                        <maintainer email="a@example.org">A</maintainer><license>MIT</license>
                        <exec_depend condition="$GZ_VERSION == harmonic">gz</exec_depend>
                        <export><build_type>ament_cmake</build_type></export></package>
                        """);
    }

    private void makeAServiceOfThePackage() throws IOException {
        robot.write("docker-compose.yml", "services:\n  sim:\n    build: src\n    command: [x]\n");
    }

    private String lock() throws IOException {
        return Files.readString(robot.file("rosbalena.lock"));
    }

    @Test
    void whatAVariableAsksForIsLocked() throws Exception {
        makeAServiceOfThePackage();
        robot.lock();
        assertThat(robot.said()).anyMatch(line -> line.startsWith("src/sim/package.xml:3: ") && line.contains("RB011"));
        assertThat(lock()).doesNotContain("gz8");

        robot.conditionVariables(HARMONIC).lock();
        assertThat(robot.said()).noneMatch(line -> line.contains("RB011"));
        assertThat(lock()).contains("gz8");
    }

    @Test
    void anotherValueThatAsksForOtherPackagesMakesTheLockStale() throws Exception {
        makeAServiceOfThePackage();
        robot.conditionVariables(FORTRESS).lock();

        assertThatThrownBy(() -> robot.conditionVariables(HARMONIC).locked().build())
                .hasMessageContaining("RB303")
                .hasMessageContaining("+ gz8 1");
    }

    @Test
    void aBuildNoticesAnotherValueEvenIfItAsksForNothingElse() throws Exception {
        robot.conditionVariables(FORTRESS).build();
        String before = lock();
        robot.build();
        assertThat(robot.said()).anyMatch(line -> line.contains("nothing changed"));

        robot.conditionVariables(HARMONIC).build();
        assertThat(robot.said()).noneMatch(line -> line.contains("nothing changed"));
        assertThat(lock()).isEqualTo(before);
    }
}
