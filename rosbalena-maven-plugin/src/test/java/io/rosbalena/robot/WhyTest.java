package io.rosbalena.robot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rosbalena.finding.FindingException;
import io.rosbalena.json.Json;
import io.rosbalena.json.JsonValue;
import io.rosbalena.robot.resolving.ResolveFormat;
import io.rosbalena.robot.resolving.ResolveRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chains that lead to a package. */
class WhyTest {
    @TempDir
    private Path folder;

    private SmallRobot robot;

    @BeforeEach
    void makeARobot() throws IOException {
        robot = ListeningRobot.in(folder);
    }

    private String why(String name, String... services) throws IOException, InterruptedException {
        List<String> lines =
                robot.resolve(ResolveFormat.TREE, Optional.of(name), services).lines();
        return String.join("\n", lines);
    }

    private long bytes(String... debs) throws IOException {
        long bytes = 0;
        for (String deb : debs) {
            bytes += Files.size(robot.archive().root().resolve("pool/" + deb + "_amd64.deb"));
        }
        return bytes;
    }

    private static String show(long bytes) {
        return bytes < 1000 ? bytes + " B" : Math.round(bytes / 1e3) + " kB";
    }

    @Test
    void everyChainIsToldWithTheLinesThatMakeIt() throws Exception {
        String rmw = show(bytes("rmw_3"));
        String all = show(bytes("rmw_3", "ros-humble-rclcpp_16.0.1"));

        assertThat(why("rmw", "chat")).isEqualTo("""
                service chat (linux/amd64): rmw 3, RMW; with all that goes with it RMW
                  chain 1: 0 B go if it is cut at src/talker/package.xml:6, ALL if nobody asks for the key rclcpp
                    service chat
                    -> workspace package talker  (docker-compose.yml:2)
                    -> key rclcpp  (src/talker/package.xml:6)
                    -> ros-humble-rclcpp  (humble.yaml:4)
                    -> rmw  (Depends: rmw | rmw-other)
                  chain 2: 0 B go if it is cut at src/listener/package.xml:4, ALL if nobody asks for the key rclcpp
                    service chat
                    -> workspace package talker  (docker-compose.yml:2)
                    -> workspace package listener  (src/talker/package.xml:5)
                    -> key rclcpp  (src/listener/package.xml:4)
                    -> ros-humble-rclcpp  (humble.yaml:4)
                    -> rmw  (Depends: rmw | rmw-other)""".replace("RMW", rmw).replace("ALL", all));
    }

    /** Nothing else leads to them, so that the one line brings all of it. */
    @Test
    void aChainWeighsWhatOnlyItBrings() throws Exception {
        robot.write("src/listener/package.xml", ListeningRobot.MANIFEST.formatted("listener", ""));

        assertThat(why("ros-humble-rclcpp", "chat"))
                .contains("with all that goes with it " + show(bytes("rmw_3", "ros-humble-rclcpp_16.0.1")))
                .contains("chain 1: " + show(bytes("rmw_3", "ros-humble-rclcpp_16.0.1"))
                        + " go if it is cut at src/talker/package.xml:6");
        // The manifest asks for hello, which needs it, too.
        assertThat(why("libhello1", "chat")).contains("x-rosbalena.apt in docker-compose.yml:6", "chain 3: ");
    }

    @Test
    void theBuildRootSaysWhatItIsFor() throws Exception {
        assertThat(why("ament").lines())
                .hasSize(6)
                .anyMatch(line -> line.startsWith("build root (linux/amd64): ament 1, "))
                .endsWith(
                        "    the build root",
                        "    -> workspace package talker  (compiled)",
                        "    -> key ament_cmake  (src/talker/package.xml:4)",
                        "    -> ament  (base.yaml:3)");
        assertThat(why("libeigen3-dev")).contains("-> key eigen  (src/talker/package.xml:7)");
    }

    @Test
    void aKeyOrAPackageOfTheWorkspaceHasChainsToo() throws Exception {
        assertThat(why("left_out", "chat")).contains("-> key left_out  (src/talker/package.xml:9)");
        assertThat(why("listener", "chat"))
                .contains("-> workspace package listener  (src/talker/package.xml:5)")
                .contains("0 B go if it is cut at src/talker/package.xml:5");
    }

    @Test
    void whatEverySystemHasCannotBeCut() throws Exception {
        assertThat(why("base-files", "chat")).contains("chain 1: every system has it");
    }

    @Test
    void aNameThatIsNotThereLeadsToOneThatIs() {
        assertThatThrownBy(() -> why("libhelo1"))
                .isInstanceOf(FindingException.class)
                .hasMessageContaining("RB735")
                .hasMessageContaining("did you mean libhello1? Else give");
        assertThatThrownBy(() -> why("ros-humble-nothing-like-it"))
                .isInstanceOf(FindingException.class)
                .hasMessageContaining("RB735")
                .hasMessageContaining("a rosdep key or a package of the workspace");
    }

    @Test
    void aProgramGetsTheSame() throws Exception {
        JsonValue document = Json.parse(
                robot.resolve(ResolveFormat.JSON, Optional.of("rmw"), "chat").bytes());
        JsonValue holder = document.get("holders").items().get(0);
        JsonValue chain = holder.get("chains").items().get(0);
        assertThat(document.get("kind").string()).isEqualTo("package");
        assertThat(holder.get("size").number()).isEqualTo(bytes("rmw_3"));
        assertThat(chain.get("cut").number()).isEqualTo(1);
        assertThat(chain.get("keyWeight").number()).isEqualTo(bytes("rmw_3", "ros-humble-rclcpp_16.0.1"));
        assertThat(chain.get("edges").items().get(1).get("reason").string()).isEqualTo("src/talker/package.xml:6");
        assertThatThrownBy(() -> new ResolveRequest(ResolveFormat.APT, Optional.of("rmw"), List.of()))
                .isInstanceOf(FindingException.class)
                .hasMessageContaining("RB734");
    }

    /** The store holds the packages: no archive is asked. */
    @Test
    void theStoreIsEnough() throws Exception {
        String first = why("rmw");
        Files.delete(robot.archive().dists().resolve("InRelease"));
        try (var pool = Files.list(robot.archive().root().resolve("pool"))) {
            for (Path deb : pool.toList()) {
                Files.delete(deb);
            }
        }
        assertThat(why("rmw")).isEqualTo(first);
    }
}
