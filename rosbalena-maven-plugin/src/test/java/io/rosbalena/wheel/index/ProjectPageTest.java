package io.rosbalena.wheel.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProjectPageTest {
    private static final String SHA = "0123456789abcdef".repeat(4);

    private static ProjectPage page(String... links) {
        String html = "<!DOCTYPE html><html><body>" + String.join("<br>", links) + "</body></html>";
        return ProjectPage.parse(
                html.getBytes(StandardCharsets.UTF_8),
                "some-thing",
                URI.create("https://example.com/simple/some-thing/"));
    }

    private static IndexFile only(String... links) {
        ProjectPage page = page(links);
        assertThat(page.files()).hasSize(1);
        return page.files().get(0);
    }

    @Test
    void aWheel() {
        IndexFile file = only("<a href='../../files/Some_Thing-1.2-py3-none-any.whl#sha256=" + SHA
                + "' data-requires-python='&gt;=3.8' data-dist-info-metadata='sha256=" + SHA + "'>text</a>");

        assertThat(file.project()).isEqualTo("some-thing");
        assertThat(file.version()).hasToString("1.2");
        assertThat(file.kind()).isEqualTo(IndexFile.Kind.WHEEL);
        assertThat(file.uri()).hasToString("https://example.com/files/Some_Thing-1.2-py3-none-any.whl");
        assertThat(file.metadataUri())
                .hasToString("https://example.com/files/Some_Thing-1.2-py3-none-any.whl.metadata");
        assertThat(file.sha256().hex()).isEqualTo(SHA);
        assertThat(file.requiresPython()).hasToString(">=3.8");
        assertThat(file.yanked()).isFalse();
        assertThat(file.metadata()).isPresent();
    }

    @Test
    void sourcesOfOldAndNewSpelling() {
        ProjectPage page = page(
                "<a href='some_thing-1.0.tar.gz#sha256=" + SHA + "'></a>",
                "<a href='some-thing-1.1-rc2.zip#sha256=" + SHA + "' data-yanked='broken'></a>");

        assertThat(page.files()).extracting(IndexFile::kind).containsOnly(IndexFile.Kind.SOURCE);
        assertThat(page.files()).extracting(file -> file.version().toString()).containsExactly("1.0", "1.1rc2");
        assertThat(page.files()).extracting(IndexFile::yanked).containsExactly(false, true);
    }

    @Test
    void aBaseAndAnotherServer() {
        assertThat(only("<base href='https://files.example.net/x/'><a href='some_thing-1.tar.gz#sha256=" + SHA + "'>")
                        .uri())
                .hasToString("https://files.example.net/x/some_thing-1.tar.gz");
        assertThat(only("<a href='//cdn.example.net/some_thing-1.tar.gz?token=a#egg=x&sha256=" + SHA + "'>")
                        .uri())
                .hasToString("https://cdn.example.net/some_thing-1.tar.gz?token=a");
    }

    @Test
    void aPlusInAVersion() {
        IndexFile file = only("<a href='some_thing-1%2Bcpu-py3-none-any.whl#sha256=" + SHA + "'>");

        assertThat(file.filename()).isEqualTo("some_thing-1+cpu-py3-none-any.whl");
        assertThat(file.version()).hasToString("1+cpu");
    }

    @Test
    void whatIsNoFileOfTheProjectIsPassedOver() {
        assertThat(page(
                                "<a href='other-1.tar.gz#sha256=" + SHA + "'>",
                                "<a href='some_thing-1.exe#sha256=" + SHA + "'>",
                                "<a href='some_thing-x-py3-none-any.whl#sha256=" + SHA + "'>",
                                "<a href='some_thing-1.tar.gz#sha256=" + SHA + "' data-requires-python='what'>",
                                "<a href='ht tp:///some_thing-1.tar.gz#sha256=" + SHA + "%'>",
                                "<a href='mailto:some_thing-1.tar.gz'>",
                                "<a>some_thing-1.tar.gz</a>")
                        .files())
                .isEmpty();
    }

    @Test
    void whatNothingProvesIsNotOffered() {
        ProjectPage page = page(
                "<a href='some_thing-1.tar.gz'>",
                "<a href='some_thing-2.tar.gz#md5=" + SHA.substring(32) + "'>",
                "<a href='some_thing-3.tar.gz#sha256=" + SHA.substring(1) + "'>");

        assertThat(page.files()).isEmpty();
        assertThat(page.unverified())
                .isEqualTo(List.of("some_thing-1.tar.gz", "some_thing-2.tar.gz", "some_thing-3.tar.gz"));
    }
}
