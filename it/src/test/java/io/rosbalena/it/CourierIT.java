package io.rosbalena.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The example robot, built and run as its users do, from the machine's own package archive. */
class CourierIT {
    private static Path robot;
    private static Path store;
    private static NestedMaven.Result built;

    @BeforeAll
    static void buildOnce() {
        FirstCourier first = FirstCourier.get();
        robot = first.robot();
        store = first.store();
        built = first.built();
    }

    @Test
    void theFirstBuildWritesLockManifestAndImages() throws IOException {
        assertThat(built.output()).contains("commit rosbalena.lock");
        assertThat(robot.resolve("rosbalena.lock")).isNotEmptyFile();
        assertThat(Projects.images(robot)).containsOnlyKeys("camera_driver", "perception_node", "control_node");
        assertThat(robot.resolve("target/rosbalena/images/index.json")).isNotEmptyFile();
        assertThat(BuildReports.faults(robot)).isEmpty();
        assertThat(Files.readString(robot.resolve("target/rosbalena/timing.json")))
                .contains("\"stage\": \"compile\"", "\"result\": \"computed\"");
    }

    @Test
    void noHostOfAMirrorStandsInTheLock() throws IOException {
        assertThat(Files.readString(robot.resolve("rosbalena.lock"))).doesNotContain("http:", "https:");
    }

    @Test
    void theServicesTalkAndTheThirdOneKeepsWhatItReceives() throws IOException, InterruptedException {
        NestedMaven.Result run = NestedMaven.in(robot)
                .store(store)
                .with("-Drosbalena.run.seconds=8")
                .run("rosbalena:run")
                .succeeded();
        assertThat(run.output())
                .contains("camera_driver   | camera publishes")
                .containsPattern("perception_node \\| frame [0-9]+: brightest at")
                .containsPattern("control_node    \\| frame [0-9]+: steer")
                .contains("control_node    | control stopped after");
        Path kept = robot.resolve("target/rosbalena/volumes/courier-data/detections.csv");
        assertThat(Files.readAllLines(kept)).hasSizeGreaterThan(10);
    }

    /**
     * Of all modules in an image: those that have byte code, those that have none, those whose byte code is of another. A
     * link to a file of another package has none.
     */
    private static final String BYTE_CODE = """
            import importlib.util, marshal, os
            compiled = missing = other = 0
            for folder, folders, files in os.walk('/usr/lib'):
                for name in files:
                    path = os.path.join(folder, name)
                    if '/python3' not in folder or not name.endswith('.py'):
                        continue
                    cached = importlib.util.cache_from_source(path)
                    if not os.path.exists(cached):
                        missing += not os.path.islink(path)
                        continue
                    source = open(path, 'rb').read()
                    pyc = open(cached, 'rb').read()
                    code = compile(source, path, 'exec', dont_inherit=True)
                    if marshal.loads(pyc[16:]) == code and pyc[8:16] == importlib.util.source_hash(source):
                        compiled += 1
                    else:
                        other += 1
            print(compiled, 'compiled,', missing, 'missing,', other, 'other')
            """;

    @Test
    void theImagesAreWholeSystemsWithoutCompilerAndSource() throws IOException, InterruptedException {
        Program.requireRoot("unpacks owners and enters roots");
        Path folder = Projects.folder("systems");
        for (String service : List.of("camera_driver", "perception_node", "control_node")) {
            Path root = ImageFolder.of(robot).unpack(service, folder.resolve(service));
            assertThat(SystemCheck.of(root)).isEqualTo(SystemCheck.CLEAN);
            SystemCheck.libraryCacheIsThatOfLdconfig(root);
            SystemCheck.holdsNoCompilerAndNoSource(root);
        }
        assertThat(SystemCheck.in(
                        folder.resolve("perception_node/rootfs"), "python3", "-c", "import numpy; print(numpy.eye(1))"))
                .isEqualTo("[[1.]]\n");
        assertThat(SystemCheck.in(folder.resolve("perception_node/rootfs"), "python3", "-B", "-c", BYTE_CODE))
                .matches("[1-9][0-9]{2,} compiled, 0 missing, 0 other\n");
    }

    private static final List<String> PATHS = List.of("PATH", "LD_LIBRARY_PATH", "PYTHONPATH", "AMENT_PREFIX_PATH");

    /** Who opens a shell in a container and sources it all the same, out of habit or in a script, does no harm. */
    @Test
    void sourcingTheSetupFilesChangesNoneOfTheImagesPaths() throws IOException, InterruptedException {
        Program.requireRoot("unpacks owners and enters roots");
        Path folder = Projects.folder("sourced");
        for (String service : List.of("camera_driver", "perception_node")) {
            ImageFolder images = ImageFolder.of(robot);
            Path root = images.unpack(service, folder.resolve(service));
            List<String> image = images.config(service).get("config").get("Env").strings();
            for (String setup : List.of("bash setup.bash", "sh setup.sh")) {
                String shell = setup.split(" ", -1)[0];
                String script = ". /ros2_ws/install/" + setup.split(" ", -1)[1] + " && env";
                List<String> command = new ArrayList<>(List.of("env", "-i"));
                command.addAll(image);
                command.addAll(List.of(shell, "-c", script));
                List<String> sourced = SystemCheck.in(root, command.toArray(String[]::new))
                        .lines()
                        .toList();
                for (String name : PATHS) {
                    assertThat(variable(sourced, name)).as(setup + " " + name).isEqualTo(variable(image, name));
                }
                assertThat(variable(sourced, "AMENT_PREFIX_PATH")).hasSize(1);
            }
        }
    }

    /** What a shell has besides, and what only who compiles asks. */
    private static final Set<String> NOT_IN_IMAGES =
            Set.of("PWD", "OLDPWD", "SHLVL", "_", "COLCON_PREFIX_PATH", "CMAKE_PREFIX_PATH", "PKG_CONFIG_PATH");

    /** The prefix of each service, sourced where the workspace has left no trace yet, by bash of an image with python3. */
    @Test
    void theEnvironmentOfEachImageIsThatWhichSourcingItsPrefixGives() throws IOException, InterruptedException {
        Program.requireRoot("unpacks owners and enters roots");
        Path folder = Projects.folder("prefixes");
        ImageFolder images = ImageFolder.of(robot);
        Path shell = images.unpack("perception_node", folder.resolve("shell"));
        Path install = shell.resolve("ros2_ws/install");
        for (String service : List.of("camera_driver", "perception_node", "control_node")) {
            Path root = images.unpack(service, folder.resolve(service));
            Program.of("rm", "-rf", install).output();
            Program.of("cp", "-a", root.resolve("ros2_ws/install"), install).output();
            List<String> image = images.config(service).get("config").get("Env").strings();
            List<String> command = new ArrayList<>(List.of("env", "-i"));
            for (String variable : image) {
                String without = withoutWorkspace(variable);
                if (!without.endsWith("=")) {
                    command.add(without);
                }
            }
            assertThat(command).as(service).noneMatch(word -> word.contains("/ros2_ws"));
            command.addAll(List.of("bash", "-c", "source /ros2_ws/install/setup.bash && env"));
            List<String> sourced = SystemCheck.in(shell, command.toArray(String[]::new))
                    .lines()
                    .filter(line -> !NOT_IN_IMAGES.contains(line.split("=", -1)[0]))
                    .toList();
            assertThat(sourced).as(service).containsExactlyInAnyOrderElementsOf(image);
        }
    }

    private static String withoutWorkspace(String variable) {
        String[] both = variable.split("=", 2);
        return both[0] + "="
                + Arrays.stream(both[1].split(":", -1))
                        .filter(item -> !item.startsWith("/ros2_ws"))
                        .collect(Collectors.joining(":"));
    }

    private static List<String> variable(List<String> environment, String name) {
        return environment.stream().filter(line -> line.startsWith(name + "=")).toList();
    }

    @Test
    void whatIsDeclaredForCompilingAloneIsToldWithWhoHasIt() throws IOException, InterruptedException {
        Path undeclared = Projects.courier("undeclared");
        Files.copy(
                robot.resolve("rosbalena.lock"),
                undeclared.resolve("rosbalena.lock"),
                StandardCopyOption.REPLACE_EXISTING);
        Projects.replace(
                undeclared.resolve("src/camera_driver/package.xml"),
                "<depend>courier_bus</depend>",
                "<build_depend>courier_bus</build_depend>");
        Projects.replace(
                undeclared.resolve("src/courier_bus/package.xml"), "<exec_depend>cyclonedds-runtime</exec_depend>", "");
        Projects.replace(
                undeclared.resolve("src/perception_node/package.xml"),
                "<exec_depend>python3-numpy</exec_depend>",
                "<build_depend>python3-numpy</build_depend>");
        NestedMaven.Result result =
                NestedMaven.in(undeclared).store(store).run("package").failed();
        assertThat(result.output())
                .containsPattern("src/camera_driver/package.xml:[0-9]+: error RB430 service camera_driver: "
                        + "/ros2_ws/install/camera_driver/lib/camera_driver/camera_driver needs libcourier_bus.so,")
                .contains("courier_bus of the workspace has it: write <exec_depend>courier_bus</exec_depend>")
                .containsPattern("src/courier_bus/package.xml:[0-9]+: error RB430 service control_node: "
                        + "/ros2_ws/install/courier_bus/lib/libcourier_bus.so needs libddsc.so")
                .contains("the Debian package libddsc0debian has it: write <exec_depend>cyclonedds</exec_depend>")
                .containsPattern(
                        "src/perception_node/perception_node/node.py:[0-9]+: error RB438 service perception_node:"
                                + " imports numpy, and the image has no such module")
                .contains("the Debian package python3-numpy has it: write <exec_depend>python3-numpy</exec_depend>"
                        + " as well as, or <depend> in place of, <build_depend> (src/perception_node/package.xml)");
        assertThat(undeclared.resolve("target/rosbalena/build.json")).doesNotExist();
    }

    @Test
    void aChangedLineChangesThisServiceAlone() throws IOException, InterruptedException {
        Path changed = Projects.courier("changed");
        Files.copy(
                robot.resolve("rosbalena.lock"),
                changed.resolve("rosbalena.lock"),
                StandardCopyOption.REPLACE_EXISTING);
        Projects.replace(changed.resolve("src/control_node/src/control_node.cpp"), "steer %+.2f", "turn %+.2f");
        NestedMaven.Result again =
                NestedMaven.in(changed).store(store).run("package").succeeded();
        Map<String, String> before = Projects.images(robot);
        Map<String, String> after = Projects.images(changed);
        assertThat(after.get("control_node")).isNotEqualTo(before.get("control_node"));
        assertThat(after).containsEntry("camera_driver", before.get("camera_driver"));
        assertThat(after).containsEntry("perception_node", before.get("perception_node"));
        assertThat(again.output()).contains("control_node").doesNotContain("compiling camera_driver");
    }

    @Test
    void movedLinesOfTheLowestLibraryChangeItsDebugFileAndNoImage() throws IOException, InterruptedException {
        Path changed = Projects.courier("comment");
        Files.copy(
                robot.resolve("rosbalena.lock"),
                changed.resolve("rosbalena.lock"),
                StandardCopyOption.REPLACE_EXISTING);
        Path library = changed.resolve("src/courier_bus/src/courier_bus.c");
        Files.writeString(library, "/* A comment, */\n\n/* and one more. */\n" + Files.readString(library));
        NestedMaven.Result again =
                NestedMaven.in(changed).store(store).run("package").succeeded();
        assertThat(again.output()).contains("compiled 1 of 4 packages");
        assertThat(Projects.images(changed)).isEqualTo(Projects.images(robot));
        Path archive = Path.of("target/rosbalena/debug/courier-1.0.0-debug.tar.gz");
        assertThat(changed.resolve(archive)).isNotEmptyFile();
        assertThat(Files.mismatch(changed.resolve(archive), robot.resolve(archive)))
                .isNotNegative();
    }

    @Test
    void everyPackageComesOutTheSameUnderOtherConditions() throws IOException, InterruptedException {
        NestedMaven.Result again = NestedMaven.in(FirstCourier.get().again("twice"))
                .store(store)
                .with("-o", "-Drosbalena.verifyReproducible")
                .run("package")
                .succeeded();
        assertThat(again.output())
                .contains("compiled 0 of 4 packages")
                .contains("compiled 4 packages a second time under other conditions: the same bytes");
    }

    @Test
    void aPackageThatHoldsAChanceIsToldWithTheFileAndWhatDiffers() throws IOException, InterruptedException {
        Path drawn = FirstCourier.get().again("drawn");
        Path build = drawn.resolve("src/control_node/CMakeLists.txt");
        Files.writeString(
                build,
                Files.readString(build)
                        .replace(
                                "add_executable(",
                                "file(STRINGS /proc/sys/kernel/random/uuid BUILD)\n"
                                        + "add_compile_definitions(BUILD=\"${BUILD}\")\nadd_executable("));
        Path source = drawn.resolve("src/control_node/src/control_node.cpp");
        Files.writeString(
                source,
                "extern const char *const build;\nconst char *const build = \"build \" BUILD;\n",
                StandardOpenOption.APPEND);
        NestedMaven.Result result = NestedMaven.in(drawn)
                .store(store)
                .with("-o", "-Drosbalena.verifyReproducible=camera_driver,control_node")
                .run("package")
                .failed();
        assertThat(result.output())
                .contains("src/control_node/package.xml: error RB415")
                .containsPattern("lib/control_node/control_node: sections? .*\"build [-0-9a-f]+\" the first time")
                .contains("(a random number)")
                .doesNotContain("RB415 camera_driver");
        assertThat(drawn.resolve("target/rosbalena/docker-compose.yml")).doesNotExist();
    }

    @Test
    void aChangedCommandOrVariableChangesNoImage() throws IOException, InterruptedException {
        Path changed = Projects.courier("command");
        Files.copy(
                robot.resolve("rosbalena.lock"),
                changed.resolve("rosbalena.lock"),
                StandardCopyOption.REPLACE_EXISTING);
        Projects.replace(changed.resolve("docker-compose.yml"), "\"20\"", "\"5\"");
        Projects.replace(changed.resolve("docker-compose.yml"), "ROS_DOMAIN_ID: \"42\"", "ROS_DOMAIN_ID: \"43\"");
        NestedMaven.in(changed).store(store).run("package").succeeded();
        assertThat(Projects.images(changed)).isEqualTo(Projects.images(robot));
        assertThat(Files.readString(changed.resolve("target/rosbalena/docker-compose.yml")))
                .contains("\"43\"", "\"5\"");
    }

    @Test
    void withoutNetworkAStoreThatHasEverythingIsEnough() throws IOException, InterruptedException {
        NestedMaven.in(robot).store(store).with("-o").run("package").succeeded();
    }

    @Test
    void everythingWrongIsToldAtOnceWithFileAndLine() throws IOException, InterruptedException {
        Path broken = Projects.courier("broken");
        for (String name : List.of("camera_driver", "perception_node")) {
            Projects.replace(broken.resolve("src/" + name + "/package.xml"), "<version>1.0.0</version>", "");
        }
        NestedMaven.Result result =
                NestedMaven.in(broken).store(store).with("-o").run("package").failed();
        assertThat(result.output())
                .contains("src/camera_driver/package.xml:")
                .contains("src/perception_node/package.xml:")
                .contains("must contain exactly one \"version\" tag")
                .contains("BUILD FAILURE");
        assertThat(broken.resolve("target/rosbalena/docker-compose.yml")).doesNotExist();
    }
}
