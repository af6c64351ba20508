package io.rosbalena.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rosbalena.finding.FindingException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class YamlReaderTest {
    @Test
    void everyNodeKnowsItsLineAndColumn() {
        YamlMap root = map("# comment\nservices:\n  camera:\n    command: [ros2, launch]\n");
        YamlMap camera = (YamlMap)
                ((YamlMap) root.find("services").orElseThrow()).find("camera").orElseThrow();

        assertThat(root.place("services")).isEqualTo(new Position("c.yml", 2, 1));
        assertThat(camera.place("command")).isEqualTo(new Position("c.yml", 4, 5));
        assertThat(((YamlList) camera.find("command").orElseThrow())
                        .items()
                        .get(1)
                        .position())
                .isEqualTo(new Position("c.yml", 4, 21));
    }

    @Test
    void mergeKeysGiveWayToWhatIsWrittenAndEarlierMappingsToNone() {
        YamlMap root = map("a: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2}\nc:\n  <<: [*a, *b]\n  x: 3\n");
        YamlMap merged = (YamlMap) root.find("c").orElseThrow();

        assertThat(merged.members().keySet()).containsExactlyInAnyOrder("x", "y", "z");
        assertThat(text(merged, "x")).isEqualTo("3");
        assertThat(text(merged, "y")).isEqualTo("1");
        assertThat(text(merged, "z")).isEqualTo("2");
    }

    @Test
    void wordsThatYaml11TakesForTruthValuesAreTexts() {
        YamlMap root = map("restart: no\ntty: true\nquoted: 'true'\nnothing: ~\n");

        assertThat(((YamlScalar) root.find("restart").orElseThrow()).truth()).isEmpty();
        assertThat(((YamlScalar) root.find("tty").orElseThrow()).truth()).contains(true);
        assertThat(((YamlScalar) root.find("quoted").orElseThrow()).truth()).isEmpty();
        assertThat(((YamlScalar) root.find("nothing").orElseThrow()).isNull()).isTrue();
    }

    @Test
    void aliasesThatStandForMillionsOfNodesAreRefusedAtTheirLine() {
        String bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
                + IntStream.rangeClosed(1, 9)
                        .mapToObj(i -> "a" + i + ": &a" + i + " ["
                                + IntStream.range(0, 10)
                                        .mapToObj(j -> "*a" + (i - 1))
                                        .collect(Collectors.joining(", "))
                                + "]\n")
                        .collect(Collectors.joining());

        assertThatThrownBy(() -> map(bomb))
                .isInstanceOf(FindingException.class)
                .hasMessageContaining("c.yml:5:")
                .hasMessageContaining("RB100")
                .hasMessageContaining("more than 100000 nodes");
    }

    @Test
    void anAliasInsideItsOwnAnchorIsRefused() {
        assertThatThrownBy(() -> map("a: &a\n  b: *a\n")).hasMessageContaining("c.yml:2:6: error RB100");
    }

    @Test
    void deepNestingIsRefused() {
        assertThatThrownBy(() -> map("a: " + "[".repeat(2000) + "]".repeat(2000)))
                .hasMessageContaining("nested more than 64");
    }

    @Test
    void largeFilesAreRefused() {
        assertThatThrownBy(() -> map("a: " + "x".repeat(YamlReader.LARGEST))).hasMessageContaining("below 1 MiB");
    }

    @Test
    void aSyntaxErrorNamesItsPlace() {
        assertThatThrownBy(() -> map("services:\n  a: [1, 2\nb: 3\n"))
                .hasMessageContaining("c.yml:3:")
                .hasMessageContaining("not YAML");
    }

    @Test
    void aKeyThatStandsTwiceIsRefused() {
        assertThatThrownBy(() -> map("a: 1\na: 2\n"))
                .hasMessageContaining("c.yml:2:1")
                .hasMessageContaining("twice");
    }

    @Test
    void tagsThatNameClassesAreRefused() {
        assertThatThrownBy(() -> map("a: !!javax.script.ScriptEngineManager [x]\n"))
                .hasMessageContaining("has no place in a compose file");
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        assertThatThrownBy(() -> YamlReader.read("c.yml", new byte[] {'a', ':', ' ', (byte) 0xff}))
                .hasMessageContaining("not UTF-8");
    }

    @Test
    void anEmptyFileHoldsNothing() {
        assertThat(YamlReader.read("c.yml", "# nothing\n".getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
    }

    private static YamlMap map(String text) {
        return (YamlMap)
                YamlReader.read("c.yml", text.getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }

    private static String text(YamlMap map, String key) {
        return ((YamlScalar) map.find(key).orElseThrow()).text();
    }
}
