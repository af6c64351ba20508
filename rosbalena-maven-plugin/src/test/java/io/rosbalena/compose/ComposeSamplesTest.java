package io.rosbalena.compose;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.finding.Findings;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ComposeSamplesTest {
    @ParameterizedTest
    @MethodSource("samples")
    void aFileAsPeopleWriteItHasNoErrorsAndSurvivesEmission(Path sample) {
        Findings findings = new Findings();
        ComposeModel model = ComposeFile.read(
                Objects.requireNonNull(sample.getParent()), sample.getFileName().toString(), Map.of(), findings);
        byte[] manifest = emit(model);
        Findings again = new Findings();
        ComposeModel parsed = ComposeFile.parse("manifest.yml", manifest, Map.of(), again);

        assertThat(findings.all()).noneMatch(finding -> finding.severity() == io.rosbalena.finding.Severity.ERROR);
        assertThat(again.all()).isEmpty();
        assertThat(emit(parsed)).isEqualTo(manifest);
        model.services()
                .forEach((name, service) ->
                        assertThat(parsed.service(name).fields()).isEqualTo(service.fields()));
        assertThat(parsed.networks()).isEqualTo(model.networks());
        assertThat(new String(manifest, StandardCharsets.UTF_8)).doesNotContain("$", "\r", "x-");
    }

    @Test
    void propertiesAreStrongerThanTheProjectsFileOfVariables(@TempDir Path project) throws IOException {
        Files.writeString(project.resolve(".env"), "A=file\nB=${C}/b\n");
        Findings findings = new Findings();

        assertThat(DotEnv.variables(project, Map.of("A", "property", "C", "c"), findings))
                .isEqualTo(Map.of("A", "property", "B", "c/b", "C", "c"));
        assertThat(findings.all()).isEmpty();
    }

    static List<Path> samples() throws IOException, URISyntaxException {
        Path folder = Path.of(Objects.requireNonNull(ComposeSamplesTest.class.getResource("/compose"))
                .toURI());
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static byte[] emit(ComposeModel model) {
        Map<String, String> images = new TreeMap<>();
        model.services().keySet().forEach(name -> images.put(name, "robot/" + name + "@sha256:" + "0".repeat(64)));
        return ManifestEmitter.emit(model, images);
    }
}
