package io.rosbalena.lint.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.compose.ComposeFile;
import io.rosbalena.compose.Service;
import io.rosbalena.environment.TreeView;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import io.rosbalena.tree.MemoryTree;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandCheckTest {
    private static final byte[] NOTHING = {};
    private static final String ARM = "ros2_ws/install/arm/";

    /** A package of the workspace, one of the distribution, a few programs of the system. */
    private static final MemoryTree IMAGE = new MemoryTree()
            .symlink("bin", "usr/bin")
            .file("usr/bin/bash", 0755, NOTHING)
            .symlink("usr/bin/sh", "bash")
            .file("usr/bin/python3", 0755, NOTHING)
            .file("usr/share/doc/notes", 0644, NOTHING)
            .file("opt/ros/humble/bin/ros2", 0755, NOTHING)
            .file("opt/ros/humble/share/ament_index/resource_index/packages/demo", 0644, NOTHING)
            .file("opt/ros/humble/lib/demo/talker", 0755, NOTHING)
            .file("opt/ros/humble/share/demo/launch/talk.launch.py", 0644, NOTHING)
            .file(ARM + "share/ament_index/resource_index/packages/arm", 0644, NOTHING)
            .file(ARM + "lib/arm/arm_node", 0755, NOTHING)
            .file(ARM + "lib/arm/tools/calibrate", 0755, NOTHING)
            .file(ARM + "lib/arm/table.csv", 0644, NOTHING)
            .file(ARM + "share/arm/launch/arm.launch.py", 0644, NOTHING)
            .file(ARM + "share/arm/launch/left/twice.launch.py", 0644, NOTHING)
            .file(ARM + "share/arm/launch/right/twice.launch.py", 0644, NOTHING)
            .file(ARM + "share/arm/config/arm.yaml", 0644, NOTHING);

    private static List<Finding> check(String fields, Offers offers) throws Exception {
        Findings read = new Findings();
        Service service = ComposeFile.parse(
                        "docker-compose.yml",
                        ("services:\n  robot:\n    build: src\n    volumes: [data:/data]\n" + fields
                                        + "volumes: {data: }\n")
                                .getBytes(StandardCharsets.UTF_8),
                        Map.of(),
                        read)
                .services()
                .get("robot");
        read.throwIfErrors();
        ContainerView view = new ContainerView(
                service,
                TreeView.of(List.of(IMAGE)),
                Map.of(
                        "PATH", "/opt/ros/humble/bin:/usr/bin",
                        "AMENT_PREFIX_PATH", "/ros2_ws/install/arm:/opt/ros/humble"),
                "/ros2_ws",
                Processor.AMD64,
                Map.of());
        Findings findings = new Findings();
        CommandCheck.check(view, offers, findings);
        return findings.all();
    }

    private static String said(String command) throws Exception {
        return check("    command: " + command + "\n", Offering.NOTHING).stream()
                .map(Finding::print)
                .collect(Collectors.joining("\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "arm_node --ros-args --params-file /ros2_ws/install/arm/share/arm/config/arm.yaml",
                "arm_node --ros-args --params-file install/arm/share/arm/config/arm.yaml",
                "arm_node --ros-args --params-file /data/later.yaml",
                "arm_node __params:=/run/made/at/start.yaml --log /var/log/arm",
                "/bin/sh -c 'anything goes'",
                "/data/uploaded/program",
                "ros2 run arm arm_node",
                "ros2 run --prefix 'gdb -ex run' arm calibrate --ros-args -r a:=b",
                "ros2 run demo talker",
                "ros2 launch arm arm.launch.py use_sim_time:=true",
                "ros2 launch -n --launch-prefix gdb demo talk.launch.py",
                "ros2 launch /opt/ros/humble/share/demo/launch/talk.launch.py",
                "ros2 launch install/arm/share/arm/launch/arm.launch.py a:=b",
                "ros2 topic list",
                "bash -c 'source install/setup.bash && exec ros2 launch arm arm.launch.py'",
                "bash -c 'ros2 launch $$PACKAGE arm.launch.py'",
                "python3 /ros2_ws/install/arm/lib/arm/arm_node"
            })
    void whatIsThereIsNotTold(String command) throws Exception {
        assertThat(said("\"" + command + "\"")).isEmpty();
    }

    @Test
    void aProgramThatIsNotThereIsToldWithTheNearest() throws Exception {
        assertThat(said("[arm_nod]"))
                .isEqualTo("docker-compose.yml:5:15: error RB434 service robot: the image has no program arm_nod\n"
                        + "    did you mean arm_node?");
        assertThat(said("[/usr/local/bin/python3]")).contains("RB434", "/usr/local/bin/python3 is not in the image");
        assertThat(said("[/usr/share/doc/notes]")).contains("RB434", "is no file that can be executed");
        assertThat(said("[/usr/bin]")).contains("RB434", "is no file that can be executed");
        assertThat(check("    entrypoint: [wait-for]\n    command: [also-not]\n", Offering.NOTHING))
                .singleElement()
                .satisfies(finding -> assertThat(finding.print()).contains("5:18", "no program wait-for"));
    }

    @Test
    void whoHasItIsTold() throws Exception {
        Offers somebody = new Offering(Optional.of(new Offers.Offer("leg has it", 0)));

        assertThat(check("    command: [leg_node]\n", somebody).get(0).print()).endsWith("\n    leg has it");
        assertThat(check("    command: [ros2, run, leg, leg_node]\n", somebody)
                        .get(0)
                        .print())
                .isEqualTo("docker-compose.yml:5:26: error RB435 service robot: the image has no ROS package leg\n"
                        + "    leg has it");
    }

    @Test
    void whatRos2WouldNotFindIsTold() throws Exception {
        assertThat(said("[ros2, run, arm, table.csv]"))
                .contains("5:31", "RB435", "arm has no program table.csv", "its programs: arm_node, calibrate");
        assertThat(said("[ros2, launch, arm, arm.lunch.py]"))
                .contains("RB435", "arm has no launch file arm.lunch.py", "did you mean arm.launch.py?");
        // ros2 launch compares names alone.
        assertThat(said("[ros2, launch, arm, launch/arm.launch.py]")).contains("RB435", "did you mean arm.launch.py?");
        assertThat(said("[ros2, launch, arm, twice.launch.py]"))
                .contains("RB435", "several", "/ros2_ws/install/arm/share/arm/launch/left/twice.launch.py");
        assertThat(said("[bash, -c, 'sleep 1; ros2 launch arm none.xml && echo']"))
                .contains("RB435", "arm has no launch file none.xml");
    }

    @Test
    void aFileThatIsReadAtTheStartIsTold() throws Exception {
        assertThat(said("[arm_node, --ros-args, --params-file, /ros2_ws/install/arm/share/arm/config/arn.yaml]"))
                .contains("5:52", "RB436", "did you mean arm.yaml?");
        assertThat(said("[arm_node, '__params:=/etc/arm.yaml']"))
                .contains("RB436", "/etc/arm.yaml is not in the image");
        assertThat(said("[ros2, launch, arm, arm.launch.py, 'map:=/ros2_ws/install/arm/share/arm/map.yaml']"))
                .contains("RB436", "map.yaml is not in the image");
        assertThat(said("[ros2, launch, /opt/robot.launch.py]")).contains("RB436");
    }
}
