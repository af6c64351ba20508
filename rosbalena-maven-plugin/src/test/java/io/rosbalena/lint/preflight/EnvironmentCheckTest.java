package io.rosbalena.lint.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.compose.ComposeFile;
import io.rosbalena.compose.Service;
import io.rosbalena.environment.TreeView;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import io.rosbalena.lint.python.PythonModule;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.MemoryTree;
import io.rosbalena.yaml.Position;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentCheckTest {
    private static final String SHARE = "ros2_ws/install/arm/share/arm/launch/";
    private static final String COMMAND = "command: [ros2, launch, arm, arm.launch.py]\n";

    private final MemoryTree tree = new MemoryTree();

    /** Installed files stand below {@code src/arm} in the workspace. */
    private static final PythonCheck.Reading SOURCES = new PythonCheck.Reading() {
        @Override
        public PythonModule read(Entry file) {
            throw new AssertionError("nobody asks for imports here");
        }

        @Override
        public Optional<Position> source(String packageName, Entry installed, int line) {
            return Optional.of(new Position("src/arm/launch/" + installed.path().name(), line, 0));
        }
    };

    private EnvironmentCheckTest file(String name, String text) {
        tree.file(SHARE + name, 0644, text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    private List<String> found(String fields) throws Exception {
        Findings read = new Findings();
        Service service = ComposeFile.parse(
                        "docker-compose.yml",
                        ("services:\n  robot:\n    build: src\n" + fields.indent(4)).getBytes(StandardCharsets.UTF_8),
                        Map.of(),
                        read)
                .services()
                .get("robot");
        read.throwIfErrors();
        Map<String, String> environment = new HashMap<>(Map.of("OF_IMAGE", "1"));
        environment.putAll(service.environment());
        ContainerView view = new ContainerView(
                service, TreeView.of(List.of(tree)), environment, "/ros2_ws", Processor.AMD64, Map.of());
        Findings findings = new Findings();
        Part part = new Part(Optional.of("arm"), Position.of("src/arm/package.xml"), tree);
        EnvironmentCheck.check(view, List.of(part), SOURCES, findings);
        return findings.all().stream().map(Finding::print).toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x = EnvironmentVariable('ROBOT_NAME')",
                "x = EnvironmentVariable(name=\"ROBOT_NAME\")",
                "x = launch.substitutions.EnvironmentVariable(\n'ROBOT_NAME')",
                "x = os.environ['ROBOT_NAME']",
                "x = f'/{environ[\"ROBOT_NAME\"]}/map'",
                "if os.environ['ROBOT_NAME'] == 'a': pass"
            })
    void aVariableThatNobodyDeclaresIsTold(String line) throws Exception {
        assertThat(file("arm.launch.py", "import os\n\n" + line + "\n").found(COMMAND))
                .singleElement()
                .asString()
                .startsWith(
                        "src/arm/launch/arm.launch.py:3: warning RB197 service robot: reads the variable ROBOT_NAME,"
                                + " which nobody declares");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x = EnvironmentVariable('ROBOT_NAME', default_value='a')",
                "x = os.environ.get('ROBOT_NAME')",
                "x = os.getenv('ROBOT_NAME', 'a')",
                "os.environ['ROBOT_NAME'] = 'a'",
                "a = SetEnvironmentVariable('ROBOT_NAME', 'a'), EnvironmentVariable('ROBOT_NAME')",
                "x = os.environ['ROBOT_NAME'] if 'ROBOT_NAME' in os.environ else 'a'",
                "try:\n    x = os.environ['ROBOT_NAME']\nexcept KeyError:\n    x = 'a'",
                "# x = os.environ['ROBOT_NAME']",
                "\"\"\"Reads os.environ['ROBOT_NAME'].\"\"\"",
                "x = EnvironmentVariable('ROS_DOMAIN_ID'), EnvironmentVariable('BALENA_DEVICE_UUID')",
                "x = EnvironmentVariable('OF_IMAGE'), EnvironmentVariable('HOME')",
                "x = EnvironmentVariable(name)"
            })
    void whatHasAnAnswerIsNot(String text) throws Exception {
        assertThat(file("arm.launch.py", text + "\n").found(COMMAND)).isEmpty();
    }

    @Test
    void whatTheManifestDeclaresIsNot() throws Exception {
        file("arm.launch.py", "x = EnvironmentVariable('ROBOT_NAME')\n");
        assertThat(found(COMMAND + "environment: {ROBOT_NAME: a}")).isEmpty();
        assertThat(found(COMMAND + "x-rosbalena: {secrets: [ROBOT_NAME]}")).isEmpty();
        assertThat(found(COMMAND + "environment: {ROBOT: a}")).hasSize(1);
    }

    @Test
    void xmlAndYamlAreRead() throws Exception {
        file("arm.launch.xml", """
                <launch>
                  <!-- $(env NOT_READ) -->
                  <set_env name="SET_HERE" value="1"/>
                  <node pkg="arm" exec="$(env SET_HERE)" namespace="$(env ROBOT_NAME)" args="$(env OTHER none)"/>
                </launch>
                """);
        file("arm.launch.yaml", """
                launch: # $(env NOT_READ)
                  - node: {pkg: arm, exec: "$(env ROBOT_NAME)"}
                """);
        assertThat(found("command: [ros2, launch, arm, arm.launch.xml]"))
                .singleElement()
                .asString()
                .startsWith(
                        "src/arm/launch/arm.launch.xml:4: warning RB197 service robot: reads the variable ROBOT_NAME");
        assertThat(found("command: ros2 launch arm arm.launch.yaml"))
                .singleElement()
                .asString()
                .startsWith("src/arm/launch/arm.launch.yaml:2: warning RB197");
    }

    /** Of the launch files of a package a service starts some. */
    @Test
    void onlyWhatIsStartedCounts() throws Exception {
        file("arm.launch.py", "include('gripper.launch.py')\n");
        file("gripper.launch.py", "x = EnvironmentVariable('GRIPPER')\n");
        file("simulation.launch.py", "x = EnvironmentVariable('WORLD')\n");
        assertThat(found(COMMAND)).singleElement().asString().contains("gripper.launch.py:1: ", "GRIPPER");
        assertThat(found("command: [ros2, run, arm, arm_node]")).isEmpty();
        assertThat(found("")).isEmpty();
    }

    @Test
    void withoutACommandItIsTheOnlyOne() throws Exception {
        assertThat(file("arm.launch.py", "x = EnvironmentVariable('ROBOT_NAME')\n")
                        .found(""))
                .hasSize(1);
    }
}
