package io.rosbalena.rosdep;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RosDistributionsTest {
    @Test
    void knowsTheDistributionsOfToday() {
        assertThat(RosDistributions.all())
                .extracting(RosDistribution::name)
                .containsExactly("humble", "jazzy", "kilted", "lyrical", "rolling");
        assertThat(RosDistributions.find("foxy")).isEmpty();
    }

    @Test
    void knowsWhenOneEnds() {
        assertThat(RosDistributions.find("humble").orElseThrow().lastDay()).contains(LocalDate.of(2027, 5, 31));
        assertThat(RosDistributions.find("rolling").orElseThrow().lastDay()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"humble", "jazzy"})
    void hasThePlatformsOfTheDistributionFile(String name) throws IOException {
        Path file = SharedData.require("data/rosdistro/" + name + "/distribution.yaml");
        YamlNode root = YamlReader.read(Files.readAllBytes(file), name, false);
        YamlNode platforms = TableKind.DISTRIBUTION.content(root, name).get(TableKind.PLATFORMS);
        RosDistribution distribution = RosDistributions.find(name).orElseThrow();
        for (String system : new String[] {"ubuntu", "debian"}) {
            YamlNode codenames = ((YamlNode.Members) platforms).map().get(system);
            String expected = codenames == null
                    ? ""
                    : ((YamlNode.Text) ((YamlNode.Items) codenames).list().get(0)).value();
            assertThat(distribution.platforms().stream()
                            .filter(os -> os.name().equals(system))
                            .map(TargetOs::codename)
                            .findFirst()
                            .orElse(""))
                    .isEqualTo(expected);
        }
    }
}
