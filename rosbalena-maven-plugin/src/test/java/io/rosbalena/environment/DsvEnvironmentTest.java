package io.rosbalena.environment;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Severity;
import io.rosbalena.json.Json;
import io.rosbalena.json.JsonValue;
import io.rosbalena.tree.MemoryTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Golden outcomes: {@code bash -c 'source setup.bash; env'} with colcon-core 0.12.1 and ament_package 0.15.1. */
class DsvEnvironmentTest {
    private static final String PREFIX = "/ros2_ws/install";

    /** What the shell leaves out of these lists is an empty item, which would mean the current directory. */
    private static final Map<String, Map<String, String>> WITHOUT_EMPTY_ITEMS = Map.of(
            "append", Map.of("A", "{P}/b/first:{P}/a/x:{P}/a/y:{P}/b/x"),
            "initial_empty_items", Map.of("A", "{P}/a/lib:/x:/y"));

    /** Rules of colcon-core 0.13 and ament_package 0.16 that the versions which made the golden file lack. */
    private static final Map<String, Map<String, String>> NEWER_TOOLS =
            Map.of("comments_blank", Map.of("X", "1"), "ament", Map.of("ROS_DISTRO", "humble"));

    /** Variables that a shell script sets, which is reported instead. */
    private static final Map<String, Set<String>> SHELL_ONLY = Map.of(
            "source_sh_only", Set.of("X"),
            "source_bash_only", Set.of("X"),
            "source_sh_and_bash", Set.of("X"),
            "ament_local_setup_fallback", Set.of("OLD"));

    private static final Map<String, String> ERRORS = Map.of(
            "iso_cycle", PREFIX + ": error RB374",
            "no_semicolon", PREFIX + "/a/share/a/package.dsv:1: error RB370",
            "unknown_type", PREFIX + "/a/share/a/package.dsv:1: error RB370",
            "set_missing_value", PREFIX + "/a/share/a/package.dsv:1: error RB370");

    @TestFactory
    Stream<DynamicTest> givesWhatSourcingTheSetupScriptGives() throws IOException {
        return golden().stream().map(vector -> DynamicTest.dynamicTest(id(vector), () -> check(vector)));
    }

    private static void check(JsonValue vector) throws IOException {
        String id = id(vector);
        Map<String, String> initial = strings(vector.get("env"));
        initial.put("PATH", "/usr/bin:/bin");
        Map<String, String> expected = strings(vector.get("expected"));
        strings(WITHOUT_EMPTY_ITEMS.getOrDefault(id, Map.of())).forEach(expected::put);
        strings(NEWER_TOOLS.getOrDefault(id, Map.of())).forEach(expected::put);
        expected.keySet().removeAll(SHELL_ONLY.getOrDefault(id, Set.of()));

        EvaluatedEnvironment evaluated = DsvEnvironment.evaluate(view(vector), List.of(PREFIX), initial);

        assertThat(evaluated.variables()).isEqualTo(expected);
        if (ERRORS.containsKey(id)) {
            assertThat(evaluated.findings())
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.print()).startsWith(ERRORS.get(id)));
        } else if (SHELL_ONLY.containsKey(id)) {
            assertThat(evaluated.findings())
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Severity.NOTE));
        } else {
            assertThat(evaluated.findings()).isEmpty();
        }
    }

    @Test
    void anOverlayStandsBeforeItsUnderlay() throws IOException {
        MemoryTree tree = new MemoryTree();
        for (String name : List.of("opt/ros/humble", "ros2_ws/install")) {
            file(tree, name + "/.colcon_install_layout", "isolated\n");
            file(tree, name + "/a/share/colcon-core/packages/a", "");
            file(tree, name + "/a/share/a/package.dsv", "prepend-non-duplicate;AMENT_PREFIX_PATH;\n");
        }

        assertThat(DsvEnvironment.evaluate(TreeView.of(List.of(tree)), List.of("/opt/ros/humble", PREFIX), Map.of())
                        .variables())
                .containsEntry("AMENT_PREFIX_PATH", "/ros2_ws/install/a:/opt/ros/humble/a")
                .containsEntry("COLCON_PREFIX_PATH", "/ros2_ws/install:/opt/ros/humble");
    }

    @Test
    void everyBadLineIsToldAtOnce() throws IOException {
        EvaluatedEnvironment evaluated =
                evaluate("set;;x\nnonsense\nprepend-non-duplicate;A;lib\nsource;hook\nset;A B;x\n");

        assertThat(evaluated.findings()).extracting(Finding::line).containsExactly(1, 2, 4, 5);
        assertThat(evaluated.variables()).doesNotContainKey("A");
    }

    @Test
    void aHookThatSourcesItselfIsAnError() throws IOException {
        assertThat(evaluate("source;share/a/package.dsv\n").findings())
                .extracting(Finding::id)
                .containsExactly("RB371");
    }

    @Test
    void aValueThatAShellWouldReplaceIsReported() throws IOException {
        EvaluatedEnvironment evaluated = evaluate("set;CONFIG;$HOME/robot.yaml\n");

        assertThat(evaluated.variables()).containsEntry("CONFIG", "$HOME/robot.yaml");
        assertThat(evaluated.findings()).extracting(Finding::id).containsExactly("RB373");
    }

    @Test
    void completionsOfInteractiveShellsAreNotWorthANote() throws IOException {
        MemoryTree tree = isolated("source;share/a/environment/a-argcomplete.bash\n");
        file(tree, "ros2_ws/install/a/share/a/environment/a-argcomplete.bash", "complete\n");

        assertThat(DsvEnvironment.evaluate(TreeView.of(List.of(tree)), List.of(PREFIX), Map.of())
                        .findings())
                .isEmpty();
    }

    private static EvaluatedEnvironment evaluate(String hooks) throws IOException {
        return DsvEnvironment.evaluate(TreeView.of(List.of(isolated(hooks))), List.of(PREFIX), Map.of());
    }

    private static MemoryTree isolated(String hooks) {
        MemoryTree tree = new MemoryTree();
        file(tree, "ros2_ws/install/.colcon_install_layout", "isolated\n");
        file(tree, "ros2_ws/install/a/share/colcon-core/packages/a", "");
        file(tree, "ros2_ws/install/a/share/a/package.dsv", hooks);
        return tree;
    }

    /** Whether more, less or something else than bash has is expected of a prefix. */
    static boolean differsOnPurpose(String id) {
        return WITHOUT_EMPTY_ITEMS.containsKey(id)
                || NEWER_TOOLS.containsKey(id)
                || SHELL_ONLY.containsKey(id)
                || ERRORS.containsKey(id);
    }

    private static FileView view(JsonValue vector) throws IOException {
        return view(Map.of(PREFIX, vector));
    }

    /** Prefixes of the golden file, each at a place. */
    static FileView view(Map<String, JsonValue> prefixes) throws IOException {
        MemoryTree tree = new MemoryTree();
        for (Map.Entry<String, JsonValue> prefix : prefixes.entrySet()) {
            put(tree, prefix.getKey(), prefix.getValue());
        }
        return TreeView.of(List.of(tree));
    }

    private static void put(MemoryTree tree, String prefix, JsonValue vector) throws IOException {
        tree.directory(prefix.substring(1), 0755);
        for (Map.Entry<String, JsonValue> file : vector.get("files").members().entrySet()) {
            String path = prefix + "/" + file.getKey();
            if (file.getValue().raw() == null) {
                tree.directory(path, 0755);
            } else {
                file(tree, path, file.getValue().string());
            }
        }
        String layout = vector.get("layout").string();
        if (!layout.equals("ament")) {
            file(tree, prefix + "/.colcon_install_layout", layout + "\n");
        }
    }

    private static void file(MemoryTree tree, String path, String content) {
        tree.file(path, 0644, content.getBytes(StandardCharsets.UTF_8));
    }

    static JsonValue golden(String id) throws IOException {
        return golden().stream()
                .filter(vector -> id(vector).equals(id))
                .findFirst()
                .orElseThrow();
    }

    static List<JsonValue> golden() throws IOException {
        try (InputStream in = DsvEnvironmentTest.class.getResourceAsStream("/golden/dsv.json")) {
            return Json.parse(Objects.requireNonNull(in).readAllBytes()).items();
        }
    }

    static String id(JsonValue vector) {
        try {
            return vector.get("id").string();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static Map<String, String> strings(JsonValue object) throws IOException {
        Map<String, String> strings = new TreeMap<>();
        for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
            strings.put(member.getKey(), member.getValue().string());
        }
        return strings(strings);
    }

    private static Map<String, String> strings(Map<String, String> values) {
        Map<String, String> placed = new TreeMap<>();
        values.forEach((name, value) -> placed.put(name, value.replace("{P}", PREFIX)));
        return placed;
    }
}
