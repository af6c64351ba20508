package io.rosbalena.robot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rosbalena.colcon.BuildRootPackages;
import io.rosbalena.finding.FindingException;
import io.rosbalena.sandbox.Sandboxes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code <ccache>} makes of a robot's lock and of its build root. */
class CompilerCacheRobotTest {
    /** As in Debian's package. */
    private static final String POSTINST = """
            #!/bin/sh

            set -eu

            echo "Updating symlinks in /usr/lib/ccache ..."
            update-ccache-symlinks


            """;

    @TempDir
    private Path folder;

    private SmallRobot robot;

    /** A robot with one package in C++. */
    @BeforeEach
    void makeARobot() throws IOException {
        robot = SmallRobot.in(folder);
        for (String name : BuildRootPackages.forOs("debian", "bookworm", Set.of("ament_cmake"))) {
            robot.archive().deb(name, "1", "amd64");
        }
        robot.publish()
                .write("docker-compose.yml", "services:\n  sim:\n    build: src\n    command: [x]\n")
                .write("base.yaml", "ament_cmake: {debian: [cmake]}\n")
                .platforms("linux/amd64");
        buildType("ament_cmake");
    }

    private void addCcache() throws IOException {
        robot.archive()
                .debWith(Map.of("DEBIAN/postinst", POSTINST), "ccache", "4.7", "amd64", "Depends: libhiredis")
                .deb("libhiredis", "1", "amd64");
        robot.publish();
    }

    private void buildType(String type) throws IOException {
        robot.write("src/sim/package.xml", """
                <package format="3"><name>sim</name><version>1.0.0</version><description>x</description>
                <maintainer email="a@example.org">A</maintainer><license>MIT</license>
                <export><build_type>%s</build_type></export></package>
                """.formatted(type));
    }

    private String lock() throws IOException, InterruptedException {
        robot.lock();
        return Files.readString(robot.file("rosbalena.lock"));
    }

    @Test
    void onlyWhoAsksForItGetsItAndInTheBuildRootAlone() throws Exception {
        addCcache();
        String without = lock();
        assertThat(without).doesNotContain("ccache");

        robot.ccache(true);
        String with = lock();
        assertThat(with)
                .containsPattern("\"\\+build\": \\[[^]]*\\bccache\\b[^]]*\\blibhiredis\\b")
                .containsPattern("name: ccache, .*layer: \"-\", auto: no")
                .containsPattern("name: libhiredis, .*layer: \"-\", auto: yes");
        assertThat(robot.said()).noneMatch(line -> line.contains("RB424"));

        robot.ccache(false);
        assertThat(lock()).isEqualTo(without);
    }

    @Test
    void anArchiveWithoutItIsANoteAndTheLockIsMadeAllTheSame() throws Exception {
        robot.ccache(true);

        assertThat(lock()).contains("+build").doesNotContain("ccache");
        assertThat(robot.said())
                .filteredOn(line -> line.contains("RB424"))
                .singleElement()
                .asString()
                .contains("linux/amd64", "universe");

        addCcache();
        assertThat(lock()).contains("ccache");
    }

    @Test
    void whereNoCompilerRunsThereIsNothingToKeep() throws Exception {
        addCcache();
        buildType("ament_python");
        robot.ccache(true);

        assertThat(lock()).contains("+build").doesNotContain("ccache");
    }

    /** The packages of this archive are empty, so that nothing can be compiled in the root. */
    @Test
    void theRootHasAPlaceForTheFolderIfItHasTheProgram() throws Exception {
        requireAWayIntoARoot();
        addCcache();

        assertThat(foldersOfTheRoot()).containsExactly("build", "install", "log", "src");
        robot.ccache(true).lock();
        assertThat(foldersOfTheRoot()).containsExactly(".ccache", "build", "install", "log", "src");
        // Links that make a compiler of ccache by its name alone are of no use where CMake is told of it.
        assertThat(robot.said()).noneMatch(line -> line.contains("RB245"));
    }

    @Test
    void aScriptOfTheRootThatNobodyKnowsIsNotSaidOfImages() throws Exception {
        requireAWayIntoARoot();
        robot.archive().debWith(Map.of("DEBIAN/postinst", "#!/bin/sh\nset -e\nfrobnicate\n"), "cmake", "2", "amd64");
        robot.publish();

        foldersOfTheRoot();
        assertThat(robot.said())
                .filteredOn(line -> line.contains("RB245"))
                .singleElement()
                .asString()
                .contains("frobnicate", "unless a compile misses")
                .doesNotContain("x-rosbalena.files");
    }

    private static void requireAWayIntoARoot() throws InterruptedException, IOException {
        try {
            Sandboxes.choose();
        } catch (FindingException e) {
            Assumptions.abort("skipped: no way into a root here: " + e.getMessage());
        }
    }

    /** Of the root that is made by building now. */
    private List<String> foldersOfTheRoot() throws IOException {
        Path roots = robot.surroundings().store().root().resolve("roots");
        List<Path> before = places(roots);
        FindingException e = catchThrowableOfType(FindingException.class, robot::build);
        assertThat(e.getMessage()).contains("RB401");
        Path made = places(roots).stream()
                .filter(place -> !before.contains(place))
                .findFirst()
                .orElseThrow();
        try (Stream<Path> folders = Files.list(made)) {
            return folders.map(place -> place.getFileName().toString()).sorted().toList();
        }
    }

    private static List<Path> places(Path roots) throws IOException {
        if (!Files.isDirectory(roots)) {
            return List.of();
        }
        try (Stream<Path> found = Files.walk(roots)) {
            return found.filter(place -> place.endsWith("ros2_ws")).toList();
        }
    }
}
