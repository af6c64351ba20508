package io.rosbalena.robot.project;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.compose.ComposeFile;
import io.rosbalena.compose.Service;
import io.rosbalena.finding.Findings;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RosCommandTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "command: ros2 launch nav nav.launch.py | ros2launch",
                "command: [ros2, run, camera, driver]   | ros2run",
                "command: ros2 bag record -a            | rosbag2",
                "entrypoint: ros2 daemon start          | ros2cli",
            })
    void aVerbNeedsItsPackage(String line, String key) {
        assertThat(RosCommand.key(service(line))).contains(key);
    }

    @ParameterizedTest
    @CsvSource({"command: camera_driver", "command: ros2", "command: ros2 --help", "command: sh -c 'ros2 run a b'"})
    void anythingElseNeedsNone(String line) {
        assertThat(RosCommand.key(service(line))).isEmpty();
    }

    @Test
    void theFieldThatHoldsTheCommandIsKnown() {
        assertThat(RosCommand.field(service("command: ros2 run a b"))).contains("command");
    }

    private static Service service(String line) {
        String file = "services:\n  robot:\n    build: .\n    " + line + "\n";
        return ComposeFile.parse("docker-compose.yml", file.getBytes(StandardCharsets.UTF_8), Map.of(), new Findings())
                .services()
                .get("robot");
    }
}
