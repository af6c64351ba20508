package io.rosbalena.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rosbalena.finding.FindingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageNameTest {
    @ParameterizedTest
    @CsvSource({
        "ros,                       registry-1.docker.io, library/ros,    latest",
        "ros:humble,                registry-1.docker.io, library/ros,    humble",
        "husarion/rosbot:1,         registry-1.docker.io, husarion/rosbot, 1",
        "ghcr.io/a/b/c:x,           ghcr.io,              a/b/c,          x",
        "localhost:5000/a,          localhost:5000,       a,              latest"
    })
    void namesAreReadAsDockerReadsThem(String reference, String host, String repository, String tag) {
        ImageName name = ImageName.parse(reference);

        assertThat(name.host()).isEqualTo(host);
        assertThat(name.repository()).isEqualTo(repository);
        assertThat(name.selector()).isEqualTo(tag);
    }

    @Test
    void theDigestCountsMoreThanTheTag() {
        String digest = "sha256:" + "1".repeat(64);

        assertThat(ImageName.parse("ros:humble@" + digest).selector()).isEqualTo(digest);
        assertThat(ImageName.parse("ros@" + digest).selector()).isEqualTo(digest);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Ros:humble", "a b", "ros@sha256:12", "https://ghcr.io/a", "ros:", "../a"})
    void otherTextsAreErrors(String reference) {
        assertThatThrownBy(() -> ImageName.parse(reference))
                .isInstanceOf(FindingException.class)
                .hasMessageContaining("RB510");
    }
}
