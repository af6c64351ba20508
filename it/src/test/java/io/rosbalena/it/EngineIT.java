package io.rosbalena.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.yaml.snakeyaml.Yaml;

/** The example robot's images and manifest, in engines that nobody here wrote. */
@Timeout(300)
class EngineIT {
    private static Path robot;
    private static Map<String, Map<String, Object>> services;

    @BeforeAll
    static void build() throws IOException, InterruptedException {
        FirstCourier first = FirstCourier.get();
        robot = first.again("in engines");
        // A domain of its own: containers share the machine's network with whatever else runs here.
        Projects.replace(robot.resolve("docker-compose.yml"), "ROS_DOMAIN_ID: \"42\"", "ROS_DOMAIN_ID: \"91\"");
        NestedMaven.in(robot).store(first.store()).run("package").succeeded();
        Map<String, Map<String, Map<String, Object>>> manifest =
                new Yaml().load(Files.readString(robot.resolve("target/rosbalena/docker-compose.yml")));
        services = manifest.get("services");
    }

    @Test
    void dockerRunsTheServicesAndTheyTalk() throws IOException, InterruptedException {
        try (Engine engine = Engine.docker()) {
            theServicesTalk(engine);
        }
    }

    @Test
    void podmanRunsTheServicesAndTheyTalk() throws IOException, InterruptedException {
        try (Engine engine = Engine.podman()) {
            theServicesTalk(engine);
        }
    }

    private static void theServicesTalk(Engine engine) throws IOException, InterruptedException {
        for (String service : List.of("camera_driver", "perception_node", "control_node")) {
            engine.load(ImageFolder.of(robot).reference(service), service + ":it");
            engine.start(service, options(service), service + ":it", words(service, "command"));
        }
        engine.await("perception_node", "brightest at");
        engine.await("control_node", "steer");
        for (String service : List.of("control_node", "perception_node", "camera_driver")) {
            assertThat(engine.stop(service)).as(engine.logs(service)).isZero();
        }
        assertThat(engine.logs("camera_driver")).contains("camera stopped after");
        assertThat(engine.logs("perception_node")).contains("brightest at").contains("perception stopped after");
        assertThat(engine.logs("control_node")).contains("control stopped after");

        assertThat(engine.runToEnd(options("control_node"), "control_node:it", "cat", "/data/detections.csv"))
                .isNotBlank();
        assertThat(engine.runToEnd(
                        options("perception_node"),
                        "perception_node:it",
                        "python3",
                        "-c",
                        "import numpy; print(numpy.arange(3).sum())"))
                .isEqualTo("3\n");
    }

    /** What the manifest says of a service, as the engine's command line takes it. */
    private static List<String> options(String service) {
        List<String> options = new ArrayList<>();
        Map<String, Object> fields = services.get(service);
        options.add("--network=" + fields.get("network_mode"));
        options.add("--ipc=" + fields.get("ipc"));
        if (fields.containsKey("mem_limit")) {
            options.add("--memory=" + fields.get("mem_limit"));
        }
        ((Map<?, ?>) fields.get("environment")).forEach((name, value) -> options.add("--env=" + name + "=" + value));
        words(service, "volumes").forEach(volume -> options.add("--volume=" + volume));
        words(service, "devices").stream()
                .filter(device -> Files.exists(Path.of(device.replaceFirst(":.*", ""))))
                .forEach(device -> options.add("--device=" + device));
        return options;
    }

    private static List<String> words(String service, String field) {
        List<String> words = new ArrayList<>();
        ((List<?>) services.get(service).getOrDefault(field, List.of())).forEach(word -> words.add(word.toString()));
        return words;
    }
}
