package io.rosbalena.rosdep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RuleTableTest {
    private static final String YAML = """
            b: {ubuntu: [x, 1, ~], debian: {'*': {pip: {packages: [ü]}}}}
            a: text
            c: true
            """;

    @Test
    void givesBackWhatWentIn() throws IOException {
        Map<String, YamlNode> mapping = mapping();
        RuleTable table = RuleTable.of(RuleTable.encode(mapping));
        assertThat(table.keys()).containsExactly("a", "b", "c");
        mapping.forEach((key, value) -> assertThat(table.find(key)).contains(value));
        assertThat(table.find("bb")).isEmpty();
        assertThat(RuleTable.of(RuleTable.encode(Map.of())).find("a")).isEmpty();
    }

    @Test
    void givesTheSameBytesForTheSameRules() {
        assertThat(RuleTable.encode(mapping())).isEqualTo(RuleTable.encode(mapping()));
    }

    @Test
    void refusesOtherBytes() {
        byte[] table = RuleTable.encode(mapping());
        assertThatThrownBy(() -> RuleTable.of(new byte[20])).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> RuleTable.of(Arrays.copyOf(table, 10))).isInstanceOf(IOException.class);
        assertThatThrownBy(() ->
                        RuleTable.of(Arrays.copyOf(table, table.length - 3)).find("c"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("damaged");
    }

    private static Map<String, YamlNode> mapping() {
        YamlNode root = YamlReader.read(YAML.getBytes(StandardCharsets.UTF_8), "test.yaml", false);
        return ((YamlNode.Members) root).map();
    }
}
