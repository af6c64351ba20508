package io.rosbalena.rosdep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rosbalena.finding.FindingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class YamlReaderTest {
    @Test
    void keepsTheLineOfEachValue() {
        assertThat(read("a:\n  ubuntu:\n    jammy: [x]\nb: ~\n"))
                .isEqualTo(new YamlNode.Members(
                        Map.of(
                                "a",
                                new YamlNode.Members(
                                        Map.of(
                                                "ubuntu",
                                                new YamlNode.Members(
                                                        Map.of(
                                                                "jammy",
                                                                new YamlNode.Items(
                                                                        List.of(new YamlNode.Text("x", 3)), 3)),
                                                        3)),
                                        2),
                                "b",
                                new YamlNode.Nothing(4)),
                        1));
    }

    @Test
    void leavesOutKeysThatAreNoStrings() {
        assertThat(read("8: [a]\n'8': [b]\n"))
                .isEqualTo(new YamlNode.Members(
                        Map.of("8", new YamlNode.Items(List.of(new YamlNode.Text("b", 2)), 2)), 1));
    }

    @Test
    void followsMergeKeysAndAliases() {
        assertThat(read("a: &a {x: 1}\nb: {<<: *a, y: 2}\nc: {<<: [{x: 3}, *a], x: 4}\n"))
                .isInstanceOfSatisfying(YamlNode.Members.class, root -> {
                    assertThat(root.map().get("b"))
                            .hasToString("Members[map={y=Other[text=2, line=2], x=Other[text=1, line=1]}, line=2]");
                    assertThat(root.map().get("c")).hasToString("Members[map={x=Other[text=4, line=3]}, line=3]");
                });
    }

    @Test
    void takesTheLastOfTwoValuesUnlessTheFileIsTheUsers() {
        assertThat(read("a: x\na: y\n")).hasToString("Members[map={a=Text[value=y, line=2]}, line=1]");
        assertThatThrownBy(() -> YamlReader.read(bytes("a: x\na: y\n"), "rosdep/o.yaml", true))
                .hasMessageContaining("rosdep/o.yaml:2: error RB050 \"a\" is defined twice, first at line 1");
    }

    @Test
    void refusesAnAliasBomb() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 20; i++) {
            String before = "*a" + (i - 1);
            bomb.append(
                    "a" + i + ": &a" + i + " [" + String.join(", ", List.of(before, before, before, before)) + "]\n");
        }
        assertRefused(bomb.toString()).hasMessageContaining("aliases expand").hasMessageContaining("base.yaml:");
    }

    @Test
    void refusesAnAnchorThatContainsItself() {
        assertRefused("a: &a [*a]\n").hasMessageContaining("contains itself");
    }

    @Test
    void refusesDeepNesting() {
        assertRefused("[".repeat(5000)).hasMessageContaining("RB050");
    }

    @Test
    void refusesForeignTags() {
        assertRefused("a: !!java.net.URL [x]\n")
                .hasMessageContaining("base.yaml:1")
                .hasMessageContaining("tag");
        assertRefused("a: !thing x\n").hasMessageContaining("tag");
    }

    @Test
    void namesLineAndColumnOfASyntaxError() {
        assertRefused("a: [x\nb: y\n").hasMessageContaining("base.yaml:2:2: error RB050");
        assertRefused("a:\n\t- x\n").hasMessageContaining("base.yaml:2:1: error RB050");
    }

    @Test
    void refusesWhatIsNotUtf8() {
        assertThatThrownBy(() -> YamlReader.read(new byte[] {'a', (byte) 0xff}, "base.yaml", false))
                .hasMessageContaining("base.yaml: error RB050")
                .hasMessageContaining("UTF-8");
        assertRefused("a: \u0007\n").hasMessageContaining("RB050");
    }

    private static AbstractThrowableAssert<?, ?> assertRefused(String text) {
        return assertThatThrownBy(() -> read(text)).isInstanceOf(FindingException.class);
    }

    private static YamlNode read(String text) {
        return YamlReader.read(bytes(text), "base.yaml", false);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
