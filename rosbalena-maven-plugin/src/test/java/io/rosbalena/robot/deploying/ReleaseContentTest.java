package io.rosbalena.robot.deploying;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rosbalena.compose.Composition;
import io.rosbalena.finding.FindingException;
import io.rosbalena.store.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReleaseContentTest {
    private static final String MANIFEST = String.join(
            "\n",
            "version: \"2.4\"",
            "services:",
            "  talker:",
            "    image: a/talker@sha256:0",
            "    environment: {ROS_DOMAIN_ID: \"7\"}",
            "    privileged: true",
            "    pids_limit: 50",
            "");

    private static ReleaseContent content(String manifest, String image, String version) {
        SortedMap<String, Digest> images = new TreeMap<>(Map.of("talker", Digest.of(image)));
        return new ReleaseContent(
                Composition.read("docker-compose.yml", manifest.getBytes(StandardCharsets.UTF_8)),
                images,
                Optional.of(new TreeMap<>(Map.of("name", "robot"))),
                version);
    }

    @Test
    void theSameContentHasTheSameCommitAndNothingElseHas() {
        String commit = content(MANIFEST, "one", "1.0.0").commit();

        assertThat(commit)
                .matches("[0-9a-f]{40}")
                .isEqualTo(content(MANIFEST, "one", "1.0.0").commit());
        assertThat(content(MANIFEST, "other", "1.0.0").commit()).isNotEqualTo(commit);
        assertThat(content(MANIFEST, "one", "1.0.1").commit()).isNotEqualTo(commit);
        assertThat(content(MANIFEST.replace("50", "51"), "one", "1.0.0").commit())
                .isNotEqualTo(commit);
    }

    @Test
    void theManifestKeepsItsTypesInJson() {
        assertThat(content(MANIFEST, "one", "1.0.0").composition().service("talker"))
                .containsEntry("privileged", true)
                .containsEntry("pids_limit", 50L)
                .containsEntry("environment", Map.of("ROS_DOMAIN_ID", "7"));
    }

    @Test
    void theContractIsSentWithTheVersion() {
        assertThat(content(MANIFEST, "one", "1.4.0").sentContract())
                .contains(Map.of("name", "robot", "version", "1.4.0"));
    }

    @ParameterizedTest
    @CsvSource({
        "1.4.2, 1.4.2",
        "1.4, 1.4.0",
        "7, 7.0.0",
        "1.4.0-SNAPSHOT, 1.4.0-SNAPSHOT",
        "1.4-SNAPSHOT, 1.4.0-SNAPSHOT",
        "1.4.0-beta.1+build.5, 1.4.0-beta.1+build.5"
    })
    void mavensVersionsBecomeSemver(String pom, String version) {
        assertThat(ReleaseContent.version(Optional.empty(), pom)).isEqualTo(version);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026.08.01", "1.2.3.4", "v1", "1.0.0-", "latest", "1..2", "99999999999.0.0"})
    void whatCannotBecomeSemverIsTold(String pom) {
        assertThatThrownBy(() -> ReleaseContent.version(Optional.empty(), pom))
                .isInstanceOf(FindingException.class)
                .hasMessageContaining("RB621")
                .hasMessageContaining("balena.yml");
    }

    @Test
    void theVersionOfBalenaYmlGoesFirst() {
        assertThat(ReleaseContent.version(Optional.of(new TreeMap<>(Map.of("version", "2.0.0"))), "latest"))
                .isEqualTo("2.0.0");
    }
}
