package io.rosbalena.robot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rosbalena.RealTool;
import io.rosbalena.finding.FindingException;
import io.rosbalena.json.Json;
import io.rosbalena.json.JsonValue;
import io.rosbalena.robot.resolving.ResolveFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the goal resolve answers about a robot. */
class ResolvingTest {
    @TempDir
    private Path folder;

    private SmallRobot robot;

    @BeforeEach
    void makeARobot() throws IOException {
        robot = ListeningRobot.in(folder);
    }

    private List<String> lines(ResolveFormat format, String... services) throws IOException, InterruptedException {
        return robot.resolve(format, Optional.empty(), services).lines();
    }

    @Test
    void theTreeLeadsFromTheServiceToVersions() throws Exception {
        List<String> lines = lines(ResolveFormat.TREE, "chat").stream()
                .map(line -> line.replaceAll("[0-9]+ k?B", "SIZE"))
                .toList();
        assertThat(String.join("\n", lines.subList(0, 11))).isEqualTo("""
                        service chat (linux/amd64, debian bookworm): 6 packages, SIZE to download
                          listener  (src/listener/package.xml, through talker)
                            rclcpp  (src/listener/package.xml:4) -> humble.yaml:4 -> ros-humble-rclcpp 16.0.1, SIZE
                          talker  (src/talker/package.xml)
                            of the workspace: listener
                            builtin  (src/talker/package.xml:8) -> base.yaml:4: nothing to install
                            left_out  (src/talker/package.xml:9): left out by skipKeys
                            rclcpp  (src/talker/package.xml:6) -> humble.yaml:4 -> ros-humble-rclcpp 16.0.1, SIZE
                          x-rosbalena.apt  (docker-compose.yml:6)
                            hello 1.0-1, SIZE
                          with them come 4 packages, SIZE to download:""");
        // The heaviest comes first, and these differ by a few bytes.
        assertThat(lines.subList(11, lines.size()))
                .containsExactlyInAnyOrder(
                        "    apt 2.6, SIZE  <- every base",
                        "    base-files 12, SIZE  <- every system",
                        "    libhello1 1.0-1, SIZE  <- hello",
                        "    rmw 3, SIZE  <- ros-humble-rclcpp");
    }

    @Test
    void theBuildRootHoldsWhatPackagesAreBuiltWith() throws Exception {
        assertThat(lines(ResolveFormat.TREE, "+build"))
                .anyMatch(line -> line.startsWith("build root (linux/amd64, debian bookworm): "))
                .anyMatch(
                        line -> line.contains("eigen  (src/talker/package.xml:7) -> base.yaml:2 -> libeigen3-dev 3.4"))
                .anyMatch(line -> line.contains("g++ 1, "))
                .noneMatch(line -> line.startsWith("service"));
        assertThat(lines(ResolveFormat.TREE))
                .anyMatch(line -> line.startsWith("service chat"))
                .endsWith("  -Dservice=+build shows who asks for them");
    }

    @Test
    void theListForAptHasVersionsOfTheLockAndNothingElse() throws Exception {
        assertThat(lines(ResolveFormat.APT, "chat")).containsExactly("hello=1.0-1", "ros-humble-rclcpp=16.0.1");
        assertThat(lines(ResolveFormat.APT))
                .contains("ament=1", "g++=1", "hello=1.0-1", "libeigen3-dev=3.4")
                .isSorted();
    }

    /** rosdep, on the same databases, names the same packages for the keys of the service. */
    @Test
    void theListForAptNamesWhatRosdepNames() throws Exception {
        RealTool.require("rosdep");
        Path home = Files.createDirectories(folder.resolve("rosdep/sources")).getParent();
        Files.writeString(
                home.resolve("sources/10.list"),
                "yaml " + robot.file("base.yaml").toUri() + "\n");
        Map<String, String> environment = Map.of(
                "ROSDEP_SOURCE_PATH", home.resolve("sources").toString(),
                "ROS_HOME", home.toString(),
                "ROSDISTRO_INDEX_URL", robot.file("index.yaml").toUri().toString());
        RealTool.run(home, environment, "rosdep", "update", "--rosdistro", "humble");
        List<String> rosdep = RealTool.run(
                        home,
                        environment,
                        ("rosdep resolve --rosdistro humble --os=debian:bookworm rclcpp hello builtin").split(" "))
                .lines()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .sorted()
                .toList();

        assertThat(lines(ResolveFormat.APT, "chat").stream().map(line -> line.replaceFirst("=.*", "")))
                .containsExactlyElementsOf(rosdep);
    }

    @Test
    void theDocumentHasThePlacesThatTheTreeShows() throws Exception {
        JsonValue document =
                Json.parse(robot.resolve(ResolveFormat.JSON, Optional.empty()).bytes());
        assertThat(document.get("schema").number()).isEqualTo(1);
        JsonValue platform = document.get("platforms").items().get(0);
        assertThat(platform.get("codename").string()).isEqualTo("bookworm");
        JsonValue chat = platform.get("services").items().get(0);
        JsonValue talker = chat.get("asks").items().get(1);
        assertThat(talker.get("needs").items().get(0).get("name").string()).isEqualTo("listener");
        assertThat(talker.get("needs").items().get(0).get("line").number()).isEqualTo(5);
        JsonValue rclcpp = talker.get("keys").items().get(2);
        JsonValue rule = rclcpp.get("rules").items().get(0);
        assertThat(rclcpp.get("key").string()).isEqualTo("rclcpp");
        assertThat(rclcpp.get("line").number()).isEqualTo(6);
        assertThat(rule.get("source").string()).isEqualTo("humble.yaml");
        assertThat(rule.get("packages").items().get(0).get("version").string()).isEqualTo("16.0.1");
        assertThat(chat.get("packages").items()).hasSize(6);
        assertThat(platform.get("buildRoot").get("name").string()).isEqualTo("+build");
    }

    @Test
    void aSecondAnswerIsTheSameAndNeedsNoArchive() throws Exception {
        List<String> first = lines(ResolveFormat.JSON);
        Files.delete(robot.archive().dists().resolve("InRelease"));

        assertThat(lines(ResolveFormat.JSON)).isEqualTo(first);
        assertThat(robot.said()).isEmpty();
    }

    @Test
    void aFormatOrServiceThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> ResolveFormat.parse("yaml"))
                .isInstanceOf(FindingException.class)
                .hasMessageContaining("RB734")
                .hasMessageContaining("tree, json or apt");
        assertThatThrownBy(() -> lines(ResolveFormat.TREE, "chatter"))
                .isInstanceOf(FindingException.class)
                .hasMessageContaining("RB728")
                .hasMessageContaining("+build, chat");
    }

    // What facts of dependency kinds give: exec is for running, build_export too for who trusts Debian's packages.
    @Test
    void dependencyTypesDecideWhatAnImageHolds() throws Exception {
        robot.prune(false).lock();
        assertThat(robot.packages("chat"))
                .doesNotContain("libeigen3-dev", "ament")
                .contains("ros-humble-rclcpp");
        robot.dependencyTypes("exec+build_export").lock();
        assertThat(robot.packages("chat"))
                .contains("libeigen3-dev", "ros-humble-rclcpp")
                .doesNotContain("ament");
        robot.dependencyTypes("all").lock();
        assertThat(robot.packages("chat")).contains("libeigen3-dev", "ament", "ros-humble-rclcpp");
    }

    @Test
    void developmentFilesStayWhereAllIsAskedForAndGoElsewhere() throws Exception {
        robot.dependencyTypes("exec+build_export").lock();
        assertThat(robot.packages("chat")).doesNotContain("libeigen3-dev");
        robot.dependencyTypes("all").lock();
        assertThat(robot.packages("chat")).contains("libeigen3-dev");
    }

    @Test
    void otherDependencyTypesMakeTheLockStale() throws Exception {
        robot.lock();
        byte[] before = Files.readAllBytes(robot.file("rosbalena.lock"));
        robot.locked().resolve(ResolveFormat.TREE, Optional.empty());
        robot.dependencyTypes("exec+build_export");

        assertThatThrownBy(() -> lines(ResolveFormat.TREE))
                .isInstanceOf(FindingException.class)
                .hasMessageContaining("RB303")
                .hasMessageContaining("the lock does not answer what the project asks now; it would change:")
                .hasMessageContaining("linux/amd64: chat, pruned: + libeigen3-dev");
        assertThat(robot.file("rosbalena.lock")).hasBinaryContent(before);
    }
}
