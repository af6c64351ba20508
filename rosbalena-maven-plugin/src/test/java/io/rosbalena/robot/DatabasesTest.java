package io.rosbalena.robot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import io.rosbalena.lock.LockFile;
import io.rosbalena.store.Digest;
import io.rosbalena.transfer.LocalServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole goals on a robot whose service asks for one key, defined by databases in files and at addresses. */
class DatabasesTest {
    private static final String INDEX =
            "type: index\nversion: 4\ndistributions: {humble: {distribution: [humble.yaml]}}\n";
    private static final String RELEASES = "type: distribution\nversion: 2\n"
            + "release_platforms: {debian: [bookworm]}\nrepositories: {tools: {release: {packages: [ros2topic]}}}\n";

    @TempDir
    private Path folder;

    private final Map<String, String> served = new ConcurrentHashMap<>();
    private SmallRobot robot;
    private LocalServer server;

    @BeforeEach
    void makeARobot() throws IOException {
        robot = SmallRobot.in(folder);
        robot.archive().deb("topic", "1", "amd64").deb("node", "1", "amd64").deb("ros-humble-ros2topic", "1", "amd64");
        robot.publish();
        server = new LocalServer(this::serve);
        served.put("/base.yaml", "ros2topic: {debian: [topic]}\nros2node: {debian: [node]}\n");
        served.put("/index.yaml", INDEX);
        served.put("/humble.yaml", RELEASES);
        runs("topic");
    }

    @AfterEach
    void close() {
        server.close();
    }

    private void serve(HttpExchange exchange) throws IOException {
        String body = served.getOrDefault(exchange.getRequestURI().toString(), "");
        LocalServer.answer(exchange, body.isEmpty() ? 404 : 200, body.getBytes(StandardCharsets.UTF_8));
    }

    private String address(String path) {
        return server.uri(path).toString();
    }

    /** The service's command is a verb of ros2, whose package is looked up by its key. */
    private void runs(String verb) throws IOException {
        robot.write("docker-compose.yml", """
                services:
                  talker:
                    command: [ros2, %s]
                    x-rosbalena:
                      apt: [hello]
                """.formatted(verb));
    }

    private String lock() throws IOException {
        return Files.readString(robot.file("rosbalena.lock"));
    }

    private SortedMap<String, Digest> locked() throws IOException {
        return LockFile.read(robot.file("rosbalena.lock"), "rosbalena.lock")
                .orElseThrow()
                .lock()
                .databases();
    }

    private void forgetDatabases() throws IOException {
        for (Digest digest : locked().values()) {
            Files.delete(robot.storeFolder().resolve("blobs/sha256").resolve(digest.hex()));
        }
    }

    @Test
    void aDatabaseAtAnAddressIsLockedByItsDigest() throws Exception {
        robot.databases(address("/index.yaml"), address("/base.yaml")).build();

        assertThat(lock()).contains("name: topic,");
        assertThat(locked())
                .containsExactlyEntriesOf(
                        new TreeMap<>(Map.of(address("/base.yaml"), Digest.of(served.get("/base.yaml")))));
    }

    @Test
    void anIndexAtAnAddressLeadsToTheReleases() throws Exception {
        robot.write("own.yaml", "other: {debian: [x]}\n")
                .databases(address("/index.yaml"), "own.yaml")
                .build();

        assertThat(lock()).contains("name: ros-humble-ros2topic,");
        assertThat(locked()).containsOnlyKeys("own.yaml", address("/index.yaml"), address("/humble.yaml"));
    }

    @Test
    void filesOfTheProjectAreReadFromIt() throws Exception {
        robot.write("data/base.yaml", "other: {debian: [x]}\n")
                .write("data/index.yaml", INDEX)
                .write("data/humble.yaml", RELEASES)
                .databases("data/index.yaml", "yaml data/base.yaml debian bookworm", "absent.yaml ubuntu")
                .build();

        assertThat(lock()).contains("name: ros-humble-ros2topic,");
        assertThat(locked()).containsOnlyKeys("data/base.yaml", "data/index.yaml", "data/humble.yaml");
    }

    @Test
    void anOverlayComesBeforeAllDatabases() throws Exception {
        robot.write("rosdep/own.yaml", "ros2topic: {debian: [node]}\n")
                .databases(address("/index.yaml"), address("/base.yaml"))
                .build();

        assertThat(lock()).contains("name: node,").doesNotContain("name: topic,");
        assertThat(server.requests).isEmpty();
    }

    @Test
    void aBuildKeepsToTheLockedContentAndAsksNobody() throws Exception {
        robot.databases(address("/index.yaml"), address("/base.yaml")).build();
        SortedMap<String, Digest> before = locked();
        served.put("/base.yaml", "ros2topic: {debian: [hello]}\nros2node: {debian: [hello]}\n");
        int asked = server.requests.size();
        runs("node");
        robot.build();

        assertThat(lock()).contains("name: node,");
        assertThat(locked()).isEqualTo(before);
        assertThat(server.requests).hasSize(asked);

        robot.lock();
        assertThat(lock()).doesNotContain("name: node,");
        assertThat(robot.said()).anyMatch(line -> line.contains("database " + address("/base.yaml") + " changed"));
    }

    @Test
    void offlineAChangedProjectIsLockedAndBuiltFromTheStore() throws Exception {
        robot.databases(address("/index.yaml"), address("/base.yaml")).build();
        int asked = server.requests.size();
        runs("node");
        robot.offline().build();

        assertThat(lock()).contains("name: node,");
        assertThat(server.requests).hasSize(asked);
        forgetDatabases();
        runs("topic");
        assertThatThrownBy(robot::build).hasMessageContaining("RB500").hasMessageContaining(address("/base.yaml"));
        assertThat(server.requests).hasSize(asked);
    }

    @Test
    void whatWasLockedIsFetchedAgainAndNothingElse() throws Exception {
        robot.databases(address("/index.yaml"), address("/base.yaml")).build();
        forgetDatabases();
        runs("node");
        robot.build();
        assertThat(lock()).contains("name: node,");

        String before = lock();
        forgetDatabases();
        served.put("/base.yaml", "ros2topic: {debian: [hello]}\n");
        runs("topic");
        assertThatThrownBy(robot::build)
                .hasMessageContaining("RB065")
                .hasMessageContaining(address("/base.yaml") + " is not the one that was locked")
                .hasMessageContaining("mvn rosbalena:lock");
        assertThatThrownBy(() -> robot.locked().build())
                .hasMessageContaining("RB303")
                .hasMessageContaining("is not the one that was locked");
        assertThat(lock()).isEqualTo(before);
    }

    @Test
    void aFreshLockIsBuiltWithoutItsDatabases() throws Exception {
        robot.databases(address("/index.yaml"), address("/base.yaml")).build();
        forgetDatabases();
        served.clear();
        int asked = server.requests.size();
        robot.locked().build();

        assertThat(server.requests).hasSize(asked);
    }

    @Test
    void aChangedFileOfTheProjectMakesTheLockStale() throws Exception {
        robot.write("base.yaml", "ros2topic: {debian: [topic]}\n").build();
        robot.write("base.yaml", "ros2topic: {debian: [node]}\n");
        SmallRobot strict = robot.locked();
        assertThatThrownBy(strict::build)
                .hasMessageContaining("RB303")
                .hasMessageContaining("+ node 1")
                .hasMessageContaining("database base.yaml changed");
    }

    @Test
    void whatCannotBeATagIsRefused() {
        for (String tag : new String[] {"humble/2026 08", "../other", "humble//x", "humble?x=1"}) {
            assertThatThrownBy(() -> robot.rosdistroTag(tag).build())
                    .hasMessageContaining("pom.xml: error RB737")
                    .hasMessageContaining(tag);
        }
    }
}
