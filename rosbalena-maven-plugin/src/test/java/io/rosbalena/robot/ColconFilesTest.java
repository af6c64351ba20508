package io.rosbalena.robot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rosbalena.colcon.ColconSettings;
import io.rosbalena.colcon.ColconSettings.Arguments;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.robot.project.Robot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ColconFilesTest {
    @TempDir
    private Path folder;

    private SmallRobot robot;

    @BeforeEach
    void writeAWorkspace() throws IOException {
        robot = SmallRobot.in(folder)
                .write("src/arm/package.xml", manifest("arm"))
                .write("src/tools/leg/package.xml", manifest("leg"));
    }

    private static String manifest(String name) {
        return """
                <package format="3"><name>%s</name><version>1.0.0</version><description>test</description>
                <maintainer email="test@example.org">test</maintainer><license>Apache-2.0</license>
                <export><build_type>ament_cmake</build_type></export></package>
                """.formatted(name);
    }

    private Robot read() throws Exception {
        return Robot.read(robot.robotProject(), robot.surroundings().store());
    }

    @Test
    void withoutFilesNothingIsSaid() throws Exception {
        assertThat(read().colcon()).isEqualTo(ColconSettings.NONE);
    }

    @Test
    void mixinsComeFirstThenDefaultsThenThePom() throws Exception {
        robot.write("mixin/own.mixin", """
                        build:
                          fast: {cmake-args: ["-DCMAKE_BUILD_TYPE=Release"]}
                          traced: {cmake-args: ["-DTRACE=1"], ament-cmake-args: ["-DAMENT=1"]}
                        """).write("colcon_defaults.yaml", """
                        build:
                          mixin: [traced, fast]
                          cmake-args: [-DTRACE=2, " -DOTHER=3"]
                          event-handlers: [console_direct+]
                          symlink-install: false
                          merge-install: true
                        test:
                          cmake-args: [-DNEVER=1]
                        """).cmakeArgs("-DTRACE=4");

        Robot read = read();

        assertThat(read.colcon().all())
                .isEqualTo(new Arguments(
                        List.of("-DTRACE=1", "-DCMAKE_BUILD_TYPE=Release", "-DTRACE=2", "-DOTHER=3", "-DTRACE=4"),
                        List.of("-DAMENT=1")));
        assertThat(read.findings())
                .extracting(Finding::print)
                .singleElement()
                .asString()
                .contains("colcon_defaults.yaml:6:", "RB414", "merge-install is left out");
    }

    @Test
    void theMetaFileSpeaksOfPackagesByNameAndByPath() throws Exception {
        robot.write("colcon.meta", """
                names:
                  arm: {cmake-args: ["-DARM=1"], cmake-clean-cache: true}
                  elsewhere: {cmake-args: ["-DX=1"]}
                paths:
                  src/tools/leg: {cmake-args: ["-DLEG=1"]}
                  ./src/arm: {cmake-args: ["-DARM=0"]}
                """);

        Robot read = read();

        assertThat(read.findings()).isEmpty();
        assertThat(read.colcon().packages())
                .isEqualTo(Map.of(
                        "arm", new Arguments(List.of("-DARM=0", "-DARM=1"), List.of()),
                        "leg", new Arguments(List.of("-DLEG=1"), List.of())));
    }

    @Test
    void allThatIsWrongIsToldWithItsPlace() throws IOException {
        robot.write("defaults.yaml", """
                        build:
                          mixin: [debug]
                          cmake-args: [{a: b}]
                        """)
                .write("colcon.meta", "names: [arm]\n")
                .write("mixin/broken.mixin", "build: {a: [}\n");

        assertThatExceptionOfType(FindingException.class)
                .isThrownBy(this::read)
                .satisfies(e -> assertThat(e.findings())
                        .extracting(finding -> finding.file().orElse("") + ":" + finding.line() + " " + finding.id())
                        .containsExactlyInAnyOrder(
                                "defaults.yaml:2 RB413",
                                "defaults.yaml:3 RB413",
                                "colcon.meta:1 RB413",
                                "mixin/broken.mixin:1 RB100"));
    }

    @Test
    void linksIntoTheWorkspaceAreRefusedWhereverTheyAreAskedFor() throws Exception {
        robot.write("colcon_defaults.yaml", """
                        build:
                          symlink-install: true
                          mixin: [desk]
                        """)
                .write(
                        "mixin/desk.mixin",
                        "build:\n  desk: {symlink-install: true}\n  other: {symlink-install: true}\n");

        assertThatExceptionOfType(FindingException.class)
                .isThrownBy(this::read)
                .satisfies(e -> assertThat(e.findings())
                        .extracting(Finding::print)
                        .satisfiesExactlyInAnyOrder(
                                said -> assertThat(said)
                                        .startsWith("colcon_defaults.yaml:2:3: error RB413 symlink-install is refused")
                                        .contains("COLCON_DEFAULTS_FILE"),
                                said -> assertThat(said).startsWith("mixin/desk.mixin:2:10: error RB413")));

        robot.engine("prebuilt");
        assertThat(read().findings()).isEmpty();
    }

    @Test
    void anOptionThatIsNotKnownIsToldAndLeftOut() throws Exception {
        robot.write("colcon.meta", "names:\n  arm:\n    hooks: [share/arm/x.sh]\n");

        Robot read = read();

        assertThat(read.colcon().packages()).isEmpty();
        assertThat(read.findings())
                .extracting(Finding::print)
                .singleElement()
                .asString()
                .contains("colcon.meta:3:5: warning RB414 hooks is left out");
    }
}
