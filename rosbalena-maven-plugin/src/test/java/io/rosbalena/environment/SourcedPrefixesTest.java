package io.rosbalena.environment;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.colcon.BuildRoot;
import io.rosbalena.colcon.TestBuildRoot;
import io.rosbalena.finding.FindingException;
import io.rosbalena.json.Json;
import io.rosbalena.json.JsonValue;
import io.rosbalena.sandbox.Sandbox;
import io.rosbalena.sandbox.SandboxCommand;
import io.rosbalena.sandbox.Sandboxes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every golden prefix on disk, with the setup files that colcon and ament write, sourced by bash: alone, and as the underlay
 * of another.
 */
class SourcedPrefixesTest {
    private static final String OVERLAY = "iso_order_alpha";
    private static final Map<String, String> PATH =
            Map.of("PATH", "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL", "C.UTF-8", "HOME", "/tmp");

    private static BuildRoot root;
    private static Sandbox sandbox;

    @TempDir
    private Path folder;

    @BeforeAll
    static void enter() throws IOException, InterruptedException {
        root = TestBuildRoot.require();
        try {
            sandbox = Sandboxes.choose();
        } catch (FindingException e) {
            Assumptions.abort("skipped: no way into a root here: " + e.getMessage());
        }
    }

    /** What bash has after it sourced each prefix, by the prefix's id. */
    private Map<String, Map<String, String>> sourced(String... overlay) throws IOException, InterruptedException {
        Path golden = Files.createDirectory(folder.resolve("golden"));
        Files.write(golden.resolve("dsv.json"), resource("/golden/dsv.json"));
        List<String> command = new ArrayList<>(List.of(
                "python3",
                "-c",
                new String(resource("source-prefixes.py"), StandardCharsets.UTF_8),
                "/ros2_ws/src/dsv.json"));
        command.addAll(List.of(overlay));
        List<String> said = new ArrayList<>();
        int status = sandbox.run(
                new SandboxCommand(
                        root.directory(),
                        List.of(
                                new SandboxCommand.Bind(golden, "/ros2_ws/src", false),
                                new SandboxCommand.Bind(
                                        Files.createDirectory(folder.resolve("overlay")), "/ros2_ws/install", true),
                                new SandboxCommand.Bind(
                                        Files.createDirectory(folder.resolve("underlay")), "/ros2_ws/build", true)),
                        "/",
                        PATH,
                        command),
                said::add);
        assertThat(status).as(said.toString()).isZero();
        Map<String, Map<String, String>> sourced = new TreeMap<>();
        for (String line : said) {
            List<JsonValue> one =
                    Json.parse(line.getBytes(StandardCharsets.UTF_8)).items();
            sourced.put(one.get(0).string(), DsvEnvironmentTest.strings(one.get(1)));
        }
        return sourced;
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = SourcedPrefixesTest.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }

    @Test
    void theGoldenEnvironmentsAreThoseThatBashHas() throws IOException, InterruptedException {
        Map<String, Map<String, String>> sourced = sourced();

        assertThat(sourced).hasSize(DsvEnvironmentTest.golden().size());
        for (JsonValue vector : DsvEnvironmentTest.golden()) {
            String id = DsvEnvironmentTest.id(vector);
            assertThat(sourced.get(id)).as(id).isEqualTo(DsvEnvironmentTest.strings(vector.get("expected")));
        }
    }

    @Test
    void anOverlayAboveEachOfThemHasTheEnvironmentThatBashHas() throws IOException, InterruptedException {
        Map<String, Map<String, String>> sourced = sourced(OVERLAY);

        int compared = 0;
        JsonValue overlay = DsvEnvironmentTest.golden(OVERLAY);
        for (JsonValue vector : DsvEnvironmentTest.golden()) {
            String id = DsvEnvironmentTest.id(vector);
            if (!DsvEnvironmentTest.differsOnPurpose(id)) {
                Map<String, String> initial = new TreeMap<>(DsvEnvironmentTest.strings(vector.get("env")));
                initial.put("PATH", "/usr/bin:/bin");
                EvaluatedEnvironment evaluated = DsvEnvironment.evaluate(
                        DsvEnvironmentTest.view(Map.of("/ros2_ws/build", vector, "/ros2_ws/install", overlay)),
                        List.of("/ros2_ws/build", "/ros2_ws/install"),
                        initial);
                assertThat(evaluated.variables()).as(id).isEqualTo(sourced.get(id));
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(20);
    }
}
