package io.rosbalena.robot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rosbalena.SharedData;
import io.rosbalena.finding.FindingException;
import io.rosbalena.robot.project.Robot;
import io.rosbalena.robot.project.RobotProject;
import io.rosbalena.robot.project.RobotService;
import io.rosbalena.robot.starting.StartRequest;
import io.rosbalena.robot.starting.Starting;
import io.rosbalena.store.BlobStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.maven.model.Model;
import org.apache.maven.model.io.xpp3.MavenXpp3Reader;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What the goal init makes of folders that know nothing of this plugin. */
class StartingTest {
    private static final String MANIFEST = """
            <package format="3"><name>%s</name><version>1.0.0</version><description>d</description>
            <maintainer email="a@example.com">a</maintainer><license>Apache-2.0</license>
            <export><build_type>%s</build_type></export></package>
            """;

    @TempDir
    private Path folder;

    private SmallRobot robot;

    @BeforeEach
    void anEmptyFolder() throws IOException {
        robot = SmallRobot.in(folder).from("").rosDistro("").platforms("linux/arm64");
        Files.delete(robot.file("docker-compose.yml"));
        Files.delete(robot.file("src"));
    }

    private SmallRobot pack(String path, String type) throws IOException {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return robot.write(path + "/package.xml", MANIFEST.formatted(name, type));
    }

    private List<String> init() throws IOException, InterruptedException {
        return init(Optional.empty());
    }

    private List<String> init(Optional<String> shellDistro) throws IOException, InterruptedException {
        return init(robot.robotProject(), shellDistro);
    }

    private List<String> init(RobotProject project, Optional<String> shellDistro)
            throws IOException, InterruptedException {
        return Starting.start(
                project,
                new StartRequest(Optional.of("com.example"), Optional.empty(), "9.8.7", shellDistro),
                robot.surroundings());
    }

    /** The robot as the written POM says it, through Maven's own reader. */
    private Robot read(RobotProject project) throws Exception {
        Path directory = project.files().directory();
        Model model;
        try (InputStream in = Files.newInputStream(directory.resolve("pom.xml"))) {
            model = new MavenXpp3Reader().read(in, true);
        }
        assertThat(model.getPackaging()).isEqualTo("rosbalena");
        assertThat(model.getGroupId()).isEqualTo("com.example");
        assertThat(model.getArtifactId()).isEqualTo(directory.getFileName().toString());
        assertThat(model.getBuild().getPlugins()).singleElement().satisfies(plugin -> {
            assertThat(plugin.getVersion()).isEqualTo("9.8.7");
            assertThat(plugin.isExtensions()).isTrue();
        });
        Map<String, String> configuration = new TreeMap<>();
        for (Xpp3Dom child : ((Xpp3Dom) model.getBuild().getPlugins().get(0).getConfiguration()).getChildren()) {
            configuration.put(child.getName(), child.getValue());
        }
        Path sources = directory.resolve(
                configuration.getOrDefault("sourceDirectory", "src").replace("${project.basedir}", "."));
        return Robot.read(
                project.with(
                        files(
                                directory,
                                sources.normalize(),
                                directory.resolve(configuration.getOrDefault("composeFile", "docker-compose.yml"))),
                        new RobotProject.Target(
                                Optional.ofNullable(configuration.get("from")),
                                Optional.ofNullable(configuration.get("rosDistro")),
                                List.of(),
                                List.of(configuration.get("platforms")),
                                Map.of())),
                BlobStore.open(robot.storeFolder()));
    }

    private static RobotProject.Files files(Path directory, Path sources, Path compose) {
        return new RobotProject.Files(
                directory,
                sources,
                compose,
                directory.resolve("rosbalena.lock"),
                directory.resolve("target/rosbalena"),
                directory.resolve("install"));
    }

    @Test
    void aWorkspaceGetsAServiceForEachLaunchFileAndEachPackageThatStartsAlone() throws Exception {
        pack("src/bringup", "ament_cmake")
                .write("src/bringup/launch/robot.launch.py", "Node(package='camera') # includes lights.launch.xml")
                .write("src/bringup/launch/lights.launch.xml", "<launch/>")
                .write("src/bringup/test/check.launch.py", "");
        pack("src/camera", "ament_cmake").write("src/camera/CMakeLists.txt", """
                project(camera)
                add_executable(${PROJECT_NAME} src/a.cpp)
                install(TARGETS ${PROJECT_NAME} DESTINATION lib/${PROJECT_NAME})
                """);
        pack("src/arm", "ament_cmake").write("src/arm/CMakeLists.txt", """
                project(arm)
                add_executable(helper tools/helper.cpp)
                add_executable(mover src/mover.cpp)
                if(BUILD_TESTING)
                  if(NOT (A AND B))
                    add_executable(probe test/probe.cpp)
                    install(TARGETS probe DESTINATION lib/arm)
                  endif()
                endif()
                rclcpp_components_register_node(x PLUGIN "arm::Grip" EXECUTABLE grip)
                install(TARGETS mover
                  RUNTIME DESTINATION lib/${PROJECT_NAME})
                """);
        pack("src/voice", "ament_python").write("src/voice/setup.py", """
                setup(name='voice', entry_points={'console_scripts': ['speak = voice.node:main']})
                """);
        pack("src/messages", "ament_cmake").write("src/messages/CMakeLists.txt", "project(messages)\n");
        robot.write("perception/Dockerfile", "# a\nFROM --platform=linux/arm64 ros:humble-ros-base AS one\n");

        List<String> said = init();

        assertThat(said)
                .contains("ROS humble, as perception/Dockerfile:2 says", "5 packages in src", "wrote pom.xml")
                .endsWith("next: mvn package");
        assertThat(robot.said()).isEmpty();
        Robot read = read(robot.robotProject());
        assertThat(read.rosDistro()).isEqualTo("humble");
        assertThat(read.services()).extracting(RobotService::name).containsExactly("arm", "robot", "voice");
        assertThat(read.services().get(0).compose().command()).contains(List.of("grip"));
        assertThat(Files.readString(robot.file("docker-compose.yml")))
                .contains("    # Other programs of this package: mover\n");
        assertThat(read.services().get(1).compose().command())
                .contains(List.of("ros2", "launch", "bringup", "robot.launch.py"));
        assertThat(read.services().get(1).own()).containsExactly("bringup", "camera");
        assertThat(read.services().get(2).compose().command()).isEmpty();
        assertThat(robot.file(".gitignore")).hasContent("target/");
    }

    @Test
    void theOptionsOfJavaAreThoseOfTheExampleRobot() throws Exception {
        pack("src/messages", "ament_cmake");
        robot.rosDistro("jazzy");

        init();

        assertThat(robot.file(".mvn/jvm.config"))
                .hasSameBinaryContentAs(Path.of("..", "it", "courier", ".mvn", "jvm.config"));
        assertThat(robot.file("docker-compose.yml")).doesNotExist();
        assertThat(read(robot.robotProject()).services())
                .extracting(RobotService::name)
                .containsExactly("main");
    }

    @Test
    void nothingThatIsThereIsChanged() throws Exception {
        pack("ros/robot_node", "ament_python").write("ros/robot_node/setup.py", "console_scripts 'a = b:c'");
        robot.write("pom.xml", "<project><packaging>pom</packaging></project>")
                .write("docker-compose.yml", """
                        services:
                          robot_node: {build: ./ros/robot_node}
                          nats: {build: ./nats}
                          view: {image: "osrf/ros:jazzy-desktop"}
                        """)
                .write("nats/Dockerfile", "FROM nats:2\n")
                .write(".gitignore", "build/\n");
        Map<Path, String> before = texts();

        List<String> said = init();

        Map<Path, String> after = texts();
        assertThat(after).containsAllEntriesOf(before);
        assertThat(after.keySet()).hasSize(before.size() + 1).contains(robot.file(".mvn/jvm.config"));
        assertThat(said)
                .contains(
                        "ROS jazzy, as docker-compose.yml:4 says",
                        "1 package in ros",
                        "kept .gitignore: it stays as it is; add the line target/")
                .anySatisfy(line -> assertThat(line)
                        .startsWith("kept pom.xml: it stays as it is; put this into its <build><plugins>:\n")
                        .contains("<sourceDirectory>ros</sourceDirectory>")
                        .contains("<goal>build</goal>"))
                .anyMatch(line -> line.startsWith("next: mend what the errors above say"));
        assertThat(robot.said())
                .anySatisfy(line -> assertThat(line)
                        .startsWith("docker-compose.yml:3:10: error RB708")
                        .contains("write image: REF"))
                .anySatisfy(line -> assertThat(line).contains("RB143"));
    }

    @Test
    void aComposeProjectWithoutPackagesIsOneToo() throws Exception {
        robot.write("compose.yaml", """
                services:
                  broker: {image: "eclipse-mosquitto:2", restart: unless-stopped}
                """).rosDistro("humble");

        assertThat(init()).contains("0 packages in .").endsWith("next: mvn package");
        Robot read = read(robot.robotProject());
        assertThat(read.compose().services()).containsOnlyKeys("broker");
        assertThat(robot.file("docker-compose.yml")).doesNotExist();
    }

    @Test
    void aRobotThatWasStartedIsNotStartedAgain() throws Exception {
        pack("src/messages", "ament_cmake").rosDistro("jazzy");
        init();
        Map<Path, String> before = texts();

        assertThat(init())
                .contains(
                        "kept pom.xml: it has the plugin already",
                        "kept .gitignore: it leaves out target already",
                        "kept .mvn/jvm.config: it is as it would be");
        assertThat(texts()).isEqualTo(before);
    }

    @Test
    void whatIsNotKnownIsAskedForAtOnceAndNothingIsWritten() throws Exception {
        pack("src/messages", "ament_cmake").platforms();
        Map<Path, String> before = texts();

        assertThatThrownBy(this::init)
                .isInstanceOfSatisfying(
                        FindingException.class,
                        e -> assertThat(e.findings())
                                .extracting(finding ->
                                        finding.id() + " " + finding.fix().orElseThrow())
                                .anyMatch(line -> line.startsWith("RB181 say it: -Drosbalena.rosDistro=humble (or "))
                                .anyMatch(line -> line.startsWith("RB182 say it: -Drosbalena.deviceTypes=raspberrypi5"))
                                .hasSize(2));
        assertThat(texts()).isEqualTo(before);
    }

    @Test
    void dockerfilesThatDoNotAgreeAreNamed() throws Exception {
        pack("src/messages", "ament_cmake")
                .write("a/Dockerfile", "ARG ROS_DISTRO=humble\n")
                .write("b/Dockerfile.template", "FROM osrf/ros:jazzy-desktop\n");

        assertThatThrownBy(this::init)
                .isInstanceOfSatisfying(
                        FindingException.class,
                        e -> assertThat(e.findings())
                                .singleElement()
                                .satisfies(finding -> assertThat(finding.message())
                                        .contains("humble in a/Dockerfile:1, jazzy in b/Dockerfile.template:1")));
    }

    @Test
    void theShellCountsLastAndIsNamed() throws Exception {
        pack("src/messages", "ament_cmake");

        assertThat(init(Optional.of("kilted"))).contains("ROS kilted, as ROS_DISTRO of this shell says");
        Files.delete(robot.file("pom.xml"));
        robot.write(".git/HEAD", "ref: refs/heads/humble-devel\n");
        assertThat(init(Optional.of("kilted"))).contains("ROS humble, as the git branch humble-devel says");
    }

    @Test
    void aFolderWithNothingToStartFromIsSaid() {
        robot.rosDistro("humble");

        assertThatThrownBy(this::init)
                .isInstanceOfSatisfying(
                        FindingException.class,
                        e -> assertThat(e.findings())
                                .singleElement()
                                .satisfies(finding -> assertThat(finding.id()).isEqualTo("RB180")));
    }

    /** Twenty public workspaces of which only the manifests are here; each starts without an error. */
    @TestFactory
    Stream<DynamicTest> realWorkspacesStart() throws Exception {
        Path corpus = folder.resolve("corpus");
        Files.createDirectories(corpus);
        Process tar = new ProcessBuilder(
                        "tar",
                        "xzf",
                        SharedData.require("data/corpus/workspaces-humble.tar.gz")
                                .toAbsolutePath()
                                .toString(),
                        "-C",
                        corpus.toString())
                .inheritIO()
                .start();
        assertThat(tar.waitFor()).isZero();
        List<Path> workspaces;
        try (Stream<Path> list = Files.list(corpus)) {
            workspaces = list.sorted().toList();
        }
        assertThat(workspaces).hasSize(20);
        robot.rosDistro("humble");
        List<DynamicTest> tests = new ArrayList<>();
        for (Path workspace : workspaces) {
            RobotProject project = robot.robotProject();
            RobotProject there = project.with(
                    files(workspace, workspace.resolve("src"), workspace.resolve("docker-compose.yml")),
                    project.target());
            tests.add(DynamicTest.dynamicTest(workspace.getFileName().toString(), () -> {
                assertThat(init(there, Optional.empty())).endsWith("next: mvn package");
                assertThat(read(there).services()).isNotEmpty();
            }));
        }
        return tests.stream();
    }

    private Map<Path, String> texts() throws IOException {
        Map<Path, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.walk(robot.file(""))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                texts.put(file, Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return texts;
    }
}
