package io.rosbalena.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two services of the example robot exchange samples where multicast does not help them. */
@Timeout(600)
class DiscoveryIT {
    private static final Pattern ENVIRONMENT = Pattern.compile("CYCLONEDDS_URI: \"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final String CAMERA = "camera_driver";
    private static final String PERCEPTION = "perception_node";

    private final FirstCourier first = FirstCourier.get();

    private Path folder;
    private String near;
    private String far;

    @BeforeEach
    void needNetworksOfOurOwn() throws IOException, InterruptedException {
        Program.require("ip", "nsenter", "umoci");
        Program.requireRoot("makes networks");
        String name = "rosbalena-" + UUID.randomUUID().toString().substring(0, 4);
        folder = Projects.folder(name);
        near = name + "-a";
        far = name + "-b";
        Program.Result made = Program.of("ip", "netns", "add", near).run();
        assumeTrue(made.status() == 0, () -> "skipped: this machine makes no networks: " + made.output());
        Program.of("ip", "netns", "delete", near).output();
    }

    /** A robot with a strategy; only its manifest differs from the first one's. */
    private Path robot(String dds) throws IOException, InterruptedException {
        Path robot = first.again("discovery by " + dds);
        Projects.replace(
                robot.resolve("docker-compose.yml"), "\nservices:", "\nx-rosbalena: {dds: " + dds + "}\n\nservices:");
        NestedMaven.in(robot).store(first.store()).with("-o").run("package").succeeded();
        assertThat(Projects.images(robot)).isEqualTo(Projects.images(first.robot()));
        return robot;
    }

    /** The variable that the manifest gives a service. */
    private static String environment(Path robot, String service) throws IOException {
        String manifest = Files.readString(robot.resolve("target/rosbalena/docker-compose.yml"));
        Matcher variable = ENVIRONMENT.matcher(manifest.substring(manifest.indexOf("\n  " + service + ":")));
        assertThat(variable.find()).isTrue();
        return variable.group(1).replace("\\\"", "\"");
    }

    private Path unpack(Path robot, String service) throws IOException, InterruptedException {
        Path root = ImageFolder.of(robot).unpack(service, folder.resolve(service));
        Files.writeString(
                root.resolve("etc/hosts"), "127.0.0.1 localhost\n10.77.0.1 camera-driver\n10.77.0.2 perception-node\n");
        return root;
    }

    /** Starts a service as its image and its manifest say, in a network. */
    private Process start(Path robot, String service, String network, String... arguments)
            throws IOException, InterruptedException {
        List<Object> words = new ArrayList<>(List.of(
                "nsenter",
                "--net=/run/netns/" + network,
                "unshare",
                "--mount",
                "--pid",
                "--fork",
                "--kill-child",
                "sh",
                "-c",
                "mount -t proc proc \"$1/proc\"; mount --rbind /dev \"$1/dev\"; root=$1; shift; exec chroot \"$root\" \"$@\"",
                "sh",
                unpack(robot, service),
                "env",
                "-i",
                "ROS_DOMAIN_ID=42",
                "CYCLONEDDS_URI=" + environment(robot, service)));
        words.addAll(
                ImageFolder.of(robot).config(service).get("config").get("Env").strings());
        // Where nothing arrives, this ends the wait.
        words.addAll(List.of("timeout", "120"));
        words.add("/ros2_ws/install/" + service + "/lib/" + service + "/" + service);
        words.addAll(List.of(arguments));
        return Program.of(words.toArray()).builder().start();
    }

    /** Starts both services, and waits until the second one has understood what the first one sends. */
    private void exchange(Path robot, String cameras, String perceptions) throws IOException, InterruptedException {
        Process camera = start(robot, CAMERA, cameras, "--rate", "20");
        Process perception = start(robot, PERCEPTION, perceptions);
        // Without a camera nothing would ever come.
        camera.onExit().thenRun(perception::destroyForcibly);
        try (BufferedReader lines = perception.inputReader()) {
            List<String> seen = new ArrayList<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.matches("frame [0-9]+: brightest at.*")) {
                    return;
                }
                seen.add(line);
            }
            throw new AssertionError("no frame arrived:\n" + String.join("\n", seen) + "\n"
                    + new String(camera.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } finally {
            camera.destroyForcibly().waitFor();
            perception.destroyForcibly().waitFor();
        }
    }

    @Test
    void byNameBetweenNetworksWithoutMulticast() throws IOException, InterruptedException {
        Path robot = robot("unicast");
        Program.of("ip", "netns", "add", near).output();
        Program.of("ip", "netns", "add", far).output();
        try {
            Program.of("ip", "link", "add", "v", "netns", near, "type", "veth", "peer", "name", "v", "netns", far)
                    .output();
            for (String network : List.of(near, far)) {
                String address = network.equals(near) ? "10.77.0.1/24" : "10.77.0.2/24";
                Program.of("ip", "-n", network, "address", "add", address, "dev", "v")
                        .output();
                Program.of("ip", "-n", network, "link", "set", "v", "multicast", "off", "up")
                        .output();
                Program.of("ip", "-n", network, "link", "set", "lo", "up").output();
                assertThat(Program.of("ip", "-n", network, "link", "show", "v").output())
                        .doesNotContain("MULTICAST");
            }
            exchange(robot, near, far);
        } finally {
            Program.of("ip", "netns", "delete", near).run();
            Program.of("ip", "netns", "delete", far).run();
        }
    }

    @Test
    void onTheRobotAlone() throws IOException, InterruptedException {
        Path robot = robot("loopback");
        Program.of("ip", "netns", "add", near).output();
        try {
            Program.of("ip", "-n", near, "link", "set", "lo", "up").output();
            exchange(robot, near, near);
        } finally {
            Program.of("ip", "netns", "delete", near).run();
        }
    }
}
