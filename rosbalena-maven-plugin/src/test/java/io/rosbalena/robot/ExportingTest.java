package io.rosbalena.robot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rosbalena.RealTool;
import io.rosbalena.compose.ComposeFile;
import io.rosbalena.compose.ComposeModel;
import io.rosbalena.finding.FindingException;
import io.rosbalena.finding.Findings;
import io.rosbalena.robot.exporting.ExportRequest;
import io.rosbalena.robot.exporting.Exporting;
import io.rosbalena.workspace.ConditionContexts;
import io.rosbalena.workspace.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the goal dockerfile writes. */
class ExportingTest {
    private static final String BASE = "debian@sha256:" + "a".repeat(64);
    private static final String PACKAGE = """
            <package format="3"><name>%s</name><version>1.0.0</version><description>d</description>
            <maintainer email="a@example.com">a</maintainer><license>Apache-2.0</license>
            <buildtool_depend>ament_cmake</buildtool_depend>%s
            <export><build_type>ament_cmake</build_type></export></package>
            """;

    @TempDir
    private Path folder;

    private SmallRobot robot;

    @BeforeEach
    void aRobot() throws Exception {
        robot = SmallRobot.in(folder);
    }

    private Map<String, String> export(String base) throws Exception {
        robot.said().clear();
        Exporting.export(
                robot.robotProject(),
                new ExportRequest(
                        robot.file("target/rosbalena/dockerfile"),
                        Optional.of(base).filter(name -> !name.isEmpty())),
                robot.surroundings());
        return texts(robot.file("target/rosbalena/dockerfile"));
    }

    private static Map<String, String> texts(Path below) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.walk(below)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                texts.put(below.relativize(file).toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return texts;
    }

    private static List<String> after(String text, String line) {
        return text.substring(text.indexOf(line)).lines().toList();
    }

    @Test
    void aServiceOfDebianPackagesInstallsThemInTheLockedVersions() throws Exception {
        Map<String, String> written = export(BASE);

        assertThat(written).containsOnlyKeys("COLCON_IGNORE", "docker-compose.yml", "talker.Dockerfile");
        String dockerfile = written.get("talker.Dockerfile");
        assertThat(dockerfile)
                .startsWith(
                        "# The service talker for linux/amd64, written by rosbalena-maven-plugin (goal dockerfile).\n")
                .contains("#   Debian bookworm main of ")
                .doesNotContain("colcon", folder.toString());
        assertThat(after(dockerfile, "\nFROM"))
                .containsExactly(
                        "",
                        "FROM " + BASE + " AS base",
                        "",
                        "# The image.",
                        "FROM base",
                        "RUN apt-get update \\",
                        " && DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends"
                                + " --allow-downgrades \\",
                        "    hello=1.0-1 \\",
                        "    libhello1=1.0-1 \\",
                        " && rm -rf /var/lib/apt/lists/*",
                        "WORKDIR /ros2_ws",
                        "ENV LANG=\"C.UTF-8\"",
                        "ENV LC_ALL=\"C.UTF-8\"",
                        "ENV PATH=\"/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\"",
                        "ENV PYTHONUNBUFFERED=\"1\"",
                        "ENV RCUTILS_COLORIZED_OUTPUT=\"0\"",
                        "ENV RCUTILS_LOGGING_USE_STDOUT=\"1\"",
                        "ENTRYPOINT []",
                        "CMD []");
        // The archive of this test is a folder, and no builder has that.
        assertThat(robot.said())
                .anyMatch(line -> line.startsWith("robot.sources:1: warning RB189 the apt source file:"))
                .noneMatch(line -> line.contains("RB188"));
    }

    @Test
    void theManifestBuildsWhatIsBuiltAndIsOtherwiseThatOfTheBuild() throws Exception {
        robot.write("docker-compose.yml", """
                services:
                  talker:
                    command: [hello]
                    labels: {io.balena.features.dbus: "1"}
                    volumes: ["data:/data"]
                    x-rosbalena: {apt: [hello]}
                volumes: {data: {}}
                """)
                .write("balena.yml", "name: small\ntype: sw.application\n# kept\n")
                .accept("io.balena.features.dbus");
        Map<String, String> written = export(BASE);

        ComposeModel exported = parse(written.get("docker-compose.yml"));
        ComposeModel built = parse(Files.readString(robot.file("target/rosbalena/docker-compose.yml")));
        assertThat(exported.service("talker").build()).hasValueSatisfying(build -> {
            assertThat(build.context()).isEqualTo(".");
            assertThat(build.dockerfile()).contains("talker.Dockerfile");
        });
        assertThat(exported.service("talker").image()).isEmpty();
        assertThat(exported.service("talker").fields())
                .isEqualTo(built.service("talker").fields());
        assertThat(exported.volumes()).isEqualTo(built.volumes());
        assertThat(written).containsEntry("balena.yml", "name: small\ntype: sw.application\n# kept\n");
    }

    private static ComposeModel parse(String text) {
        Findings findings = new Findings();
        ComposeModel model =
                ComposeFile.parse("docker-compose.yml", text.getBytes(StandardCharsets.UTF_8), Map.of(), findings);
        findings.throwIfErrors();
        return model;
    }

    @Test
    void theSameInputsGiveTheSameBytesAndWhatIsGoneIsGone() throws Exception {
        robot.write("motd", "hi").write("docker-compose.yml", """
                services:
                  talker:
                    command: [hello]
                    x-rosbalena: {apt: [hello], files: ["motd:/etc/motd"]}
                """);
        Map<String, String> first = export(BASE);
        assertThat(first).containsEntry("files-talker/etc/motd", "hi");
        Files.createDirectories(robot.file("target/rosbalena/dockerfile/.git"));
        Files.writeString(robot.file("target/rosbalena/dockerfile/.git/HEAD"), "x");

        robot.store(folder.resolve("elsewhere"));
        Map<String, String> second = export(BASE);
        assertThat(second.remove(".git/HEAD")).isEqualTo("x");
        assertThat(second).isEqualTo(first);

        robot.write("docker-compose.yml", """
                services:
                  talker:
                    command: [hello]
                    x-rosbalena: {apt: [hello]}
                """);
        assertThat(export(BASE)).doesNotContainKey("files-talker/etc/motd").containsKey(".git/HEAD");
        try (Stream<Path> left = Files.list(robot.file("target/rosbalena"))) {
            assertThat(left.map(file -> file.getFileName().toString()))
                    .noneMatch(name -> name.endsWith(".tmp") || name.endsWith(".old"));
        }
    }

    @Test
    void aFolderWithSomethingElseIsNotTouched() throws Exception {
        robot.write("target/rosbalena/dockerfile/mine", "x");

        assertThatThrownBy(() -> export(BASE))
                .isInstanceOf(FindingException.class)
                .hasMessageContaining("RB189 the folder holds something else");
        assertThat(texts(robot.file("target/rosbalena/dockerfile"))).containsOnlyKeys("mine");
    }

    @Test
    void aCommandWithADollarStandsInACopiedScript() throws Exception {
        robot.write("docker-compose.yml", """
                services:
                  talker:
                    command: ["hello", "$$HOME"]
                    x-rosbalena: {apt: [hello]}
                """);
        Map<String, String> written = export(BASE);

        assertThat(written.get("talker.Dockerfile")).contains("\nCOPY [\"files-talker/\",\"/\"]\n");
        assertThat(written.get("files-talker/ros2_ws/scripts/command"))
                .startsWith("#!/bin/sh\n")
                .contains("$HOME");
        assertThat(Files.isExecutable(robot.file("target/rosbalena/dockerfile/files-talker/ros2_ws/scripts/command")))
                .isTrue();
        assertThat(written.get("docker-compose.yml")).doesNotContain("$");
    }

    @Test
    void sourcesThatBuildersReachAreGivenWithTheirKeys() throws Exception {
        robot.lock();
        String uri = robot.archive().uri().toString();
        robot.write(
                "robot.sources",
                "Types: deb\nURIs: " + uri + " http://archive.example/debian/ https://u:secret@archive.example/x/\n"
                        + "Suites: test\nComponents: main\nSigned-By: good.gpg\n");
        Map<String, String> written = export(BASE);

        assertThat(written.get("apt/sources.list.d/rosbalena-1.sources")).isEqualTo("""
                Types: deb
                URIs: http://archive.example/debian/
                Suites: test
                Components: main
                Signed-By: /etc/apt/keyrings/rosbalena-1-1.gpg
                """);
        assertThat(written).containsKey("apt/keyrings/rosbalena-1-1.gpg");
        assertThat(written.get("talker.Dockerfile")).contains(" AS base\nCOPY apt/ /etc/apt/\n");
        assertThat(String.join("\n", written.values())).doesNotContain("secret");
        assertThat(String.join("\n", robot.said())).doesNotContain("secret");
    }

    @Test
    void eachFurtherPlatformHasAFolderOfItsOwn() throws Exception {
        robot.archive()
                .deb("base-files", "12", "arm64", "Essential: yes", "Priority: required")
                .debWith(SmallRobot.PROGRAMS, "apt", "2.6", "arm64", "Priority: required")
                .deb("hello", "1.0-2", "arm64");
        robot.publish().platforms("linux/amd64", "linux/arm64");
        Map<String, String> written = export(BASE);

        assertThat(written.get("talker.Dockerfile")).contains(" for linux/amd64,", "hello=1.0-1");
        assertThat(texts(robot.file("target/rosbalena/dockerfile-arm64")).get("talker.Dockerfile"))
                .contains(" for linux/arm64,", "hello=1.0-2")
                .doesNotContain("libhello1");
    }

    @Test
    void aBaseOfPackagesAloneIsReplacedByTheDistributionsImage() throws Exception {
        assertThat(export("").get("talker.Dockerfile")).contains("\nFROM debian:bookworm-slim AS base\n");
        assertThat(robot.said())
                .anyMatch(line -> line.contains("warning RB188 Dockerfiles begin with debian:bookworm-slim"));
    }

    @Test
    void workspacePackagesAreCompiledFromCopiedSources() throws Exception {
        RealTool.require("colcon", "cmake");
        Assumptions.assumeTrue(
                Files.isDirectory(Path.of("/usr/share/ament_cmake")), "skipped: ament-cmake is not installed");
        String cmake = """
                cmake_minimum_required(VERSION 3.16)
                project(%s NONE)
                find_package(ament_cmake REQUIRED)
                file(WRITE ${CMAKE_BINARY_DIR}/start "#!/bin/sh\\n")
                install(PROGRAMS ${CMAKE_BINARY_DIR}/start DESTINATION lib/${PROJECT_NAME})
                ament_package()
                """;
        robot.withBuildTools()
                .write("base.yaml", "ament_cmake: {debian: [hello]}\n")
                .write("src/a/talker/package.xml", PACKAGE.formatted("talker", "<exec_depend>words</exec_depend>"))
                .write("src/a/talker/CMakeLists.txt", cmake.formatted("talker"))
                .write("src/words/package.xml", PACKAGE.formatted("words", ""))
                .write("src/words/CMakeLists.txt", cmake.formatted("words"))
                .write("src/other/package.xml", PACKAGE.formatted("other", ""))
                .write("src/other/CMakeLists.txt", cmake.formatted("other"))
                .write("colcon.meta", "{names: {words: {cmake-args: [\"-DWORDS=it's\"]}}}")
                .write("docker-compose.yml", """
                        services:
                          chat: {build: ./src/a}
                        """);
        RealTool.run(
                robot.file("."), Map.of("PATH", "/usr/sbin:/usr/bin:/sbin:/bin", "PYTHONPATH", ""), "colcon", "build");
        robot.engine("prebuilt");
        Map<String, String> written = export(BASE);

        assertThat(written)
                .containsKeys("src/a/talker/package.xml", "src/words/CMakeLists.txt")
                .doesNotContainKey("src/other/package.xml");
        String dockerfile = written.get("chat.Dockerfile");
        assertThat(after(dockerfile, "WORKDIR"))
                .containsSubsequence(
                        "COPY [\"src/words/\",\"/ros2_ws/src/words/\"]",
                        "COPY [\"src/a/talker/\",\"/ros2_ws/src/a/talker/\"]",
                        " && export LANG=C.UTF-8 \\",
                        " && if [ -f /opt/ros/humble/setup.sh ]; then . /opt/ros/humble/setup.sh; fi \\",
                        "    --packages-select words \\",
                        "    --cmake-args ' -DCMAKE_BUILD_TYPE=RelWithDebInfo' ' -DBUILD_TESTING=OFF' ' -DWORDS=it'\\''s' \\",
                        "    --packages-select talker \\",
                        "    --cmake-args ' -DCMAKE_BUILD_TYPE=RelWithDebInfo' ' -DBUILD_TESTING=OFF'",
                        "# The image.",
                        "COPY --from=build /ros2_ws/install/talker /ros2_ws/install/talker",
                        "COPY --from=build /ros2_ws/install/words /ros2_ws/install/words",
                        "STOPSIGNAL SIGINT",
                        "CMD [\"/ros2_ws/install/talker/lib/talker/start\"]");
        assertThat(dockerfile).contains("ENV AMENT_PREFIX_PATH=\"/ros2_ws/install/talker:/ros2_ws/install/words\"\n");
        // A workspace that holds the export in its source directory does not see the packages twice.
        assertThat(Workspace.scan(robot.file("."), robot.file("."), ConditionContexts.of("humble", Map.of()))
                        .names())
                .contains("talker");
        assertThat(Workspace.scan(robot.file("."), robot.file("target"), ConditionContexts.of("humble", Map.of()))
                        .names())
                .isEmpty();
    }
}
