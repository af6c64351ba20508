package io.rosbalena.robot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rosbalena.RealTool;
import io.rosbalena.device.LocalEngine;
import io.rosbalena.device.LocalPodman;
import io.rosbalena.finding.FindingException;
import io.rosbalena.robot.desk.Loading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Loading images into the real engines of a machine. */
class LoadingTest {
    @TempDir
    private Path folder;

    private final List<String> printed = new ArrayList<>();
    private SmallRobot robot;

    @BeforeEach
    void makeARobot() throws IOException {
        robot = DeskRobot.in(folder);
    }

    private void load(Optional<String> host, Map<String, String> environment) throws IOException, InterruptedException {
        robot.said().clear();
        printed.clear();
        Loading.load(robot.robotProject(), host, robot.surroundings(), environment, printed::add);
    }

    private void refused(String address, Map<String, String> environment, String... words) {
        assertThat(catchThrowableOfType(FindingException.class, () -> load(Optional.of(address), environment))
                        .getMessage())
                .contains(words);
    }

    @Test
    void dockerGetsWhatItLacksThroughItsSocket() throws Exception {
        LocalEngine engine = LocalEngine.start(Files.createDirectory(folder.resolve("engine")));
        try (engine) {
            Map<String, String> environment = Map.of("DOCKER_HOST", "unix://" + engine.socket());
            load(Optional.empty(), environment);
            assertThat(printed).containsExactly("small/listener:1", "small/talker:1");
            assertThat(robot.said()).anyMatch(line -> line.startsWith("sending 5 of 5 layers"));
            assertThat(engine.docker("run", "--rm", "--network=host", "small/talker:1", "busybox", "echo", "it runs"))
                    .isEqualTo("it runs");

            engine.docker("tag", "small/talker:1", "small/listener:1");
            load(Optional.empty(), environment);
            assertThat(robot.said()).contains("nothing to send: the engine has every image");
            assertThat(engine.docker("inspect", "--format", "{{.Id}}", "small/listener:1"))
                    .isNotEqualTo(engine.docker("inspect", "--format", "{{.Id}}", "small/talker:1"));

            robot.write("talker.sh", DeskRobot.SCRIPT.replace("WORDS", "good morning"));
            load(Optional.empty(), environment);
            assertThat(robot.said()).anyMatch(line -> line.matches("sending 1 of 4 layers, [0-9.]+ kB"));
            assertThat(engine.docker(
                            "run", "--rm", "--network=host", "small/talker:1", "busybox", "cat", "/opt/talker.sh"))
                    .contains("good morning");
        }
    }

    @Test
    void podmanGetsAllOfIt() throws Exception {
        try (LocalPodman podman = LocalPodman.start(Files.createDirectory(folder.resolve("podman")))) {
            Optional<String> host = Optional.of("unix://" + podman.socket());
            load(host, Map.of());
            assertThat(printed).containsExactly("localhost/small/listener:1", "localhost/small/talker:1");
            assertThat(podman.podman("images", "--format", "{{.Repository}}:{{.Tag}}")
                            .lines())
                    .containsExactlyInAnyOrderElementsOf(printed);

            robot.write("talker.sh", DeskRobot.SCRIPT.replace("WORDS", "good morning"));
            load(host, Map.of());
            assertThat(robot.said()).anyMatch(line -> line.startsWith("sending 4 of 4 layers"));
            load(host, Map.of());
            assertThat(robot.said()).contains("nothing to send: the engine has every image");
        }
    }

    @Test
    void composeGoesOnWithWhatWasLoaded() throws Exception {
        RealTool.require("docker-compose");
        LocalEngine engine = LocalEngine.start(Files.createDirectory(folder.resolve("engine")));
        try (engine) {
            load(Optional.of("tcp://127.0.0.1:" + engine.port()), Map.of());
        }
        String line = robot.said().get(robot.said().size() - 1);
        assertThat(line)
                .isEqualTo("go on with: docker compose -f target/rosbalena/docker-compose.yml"
                        + " -f target/rosbalena/docker-compose.load.yml up");
        String[] files = line.substring(line.indexOf("-f"), line.indexOf(" up")).split(" ", -1);
        assertThat(RealTool.run(robot.file("."), "docker-compose", files[0], files[1], files[2], files[3], "config"))
                .contains("image: small/listener:1", "image: small/talker:1", "busybox");
    }

    @Test
    void whatIsNoEngineIsToldBeforeAnythingIsBuilt() {
        refused("ssh://pi@robot", Map.of(), "RB673", "let ssh bring the socket here");
        refused("npipe:////./pipe/docker_engine", Map.of(), "RB673", "unix:///PATH or tcp://HOST:PORT");
        refused("tcp://127.0.0.1", Map.of(), "RB673");
        refused("nonsense here", Map.of(), "RB673");
        refused("tcp://127.0.0.1:2376", Map.of("DOCKER_TLS_VERIFY", "1"), "RB673", "DOCKER_TLS_VERIFY");
        refused("unix:///no/such.sock", Map.of(), "RB674", "/no/such.sock");
        refused("tcp://127.0.0.1:1", Map.of(), "RB674", "refused");
        assertThat(robot.file("target/rosbalena")).doesNotExist();
    }
}
