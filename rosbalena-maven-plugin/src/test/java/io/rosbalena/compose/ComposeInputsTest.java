package io.rosbalena.compose;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Severity;
import io.rosbalena.yaml.YamlList;
import io.rosbalena.yaml.YamlMap;
import io.rosbalena.yaml.YamlNode;
import io.rosbalena.yaml.YamlReader;
import io.rosbalena.yaml.YamlScalar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of every manifest that is emitted, shown with varied files as people write them. */
class ComposeInputsTest {
    @Test
    void thereAreAtLeastForty() throws IOException {
        assertThat(ComposeInput.all()).hasSizeGreaterThanOrEqualTo(40);
    }

    @Test
    void someHaveTheNamesAndAddressesByWhichServicesFindEachOther() throws IOException {
        List<String> manifests =
                ComposeInput.all().stream().map(ComposeInput::manifest).toList();

        assertThat(manifests)
                .anyMatch(text -> text.contains("- arm-left-dds") && text.contains("CYCLONEDDS_URI"))
                .anyMatch(text -> text.contains("ipv4_address") && text.contains("FASTRTPS_DEFAULT_PROFILES_FILE"));
    }

    @ParameterizedTest
    @MethodSource("io.rosbalena.compose.ComposeInput#all")
    void noneHasAnError(ComposeInput input) {
        assertThat(input.findings().all())
                .filteredOn(finding -> finding.severity() == Severity.ERROR)
                .extracting(Finding::print)
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("io.rosbalena.compose.ComposeInput#all")
    void whatIsEmittedParsesToTheSameModel(ComposeInput input) {
        Composed again = Composed.of(input.manifest());

        assertThat(again.findings()).isEmpty();
        assertThat(again.model().services().keySet())
                .isEqualTo(input.resolved().services().keySet());
        again.model().services().forEach((name, service) -> {
            assertThat(service.fields())
                    .as(name)
                    .isEqualTo(input.resolved().service(name).fields());
            assertThat(service.image()).contains(ComposeInput.image(name));
        });
        assertThat(again.model().networks()).isEqualTo(input.resolved().networks());
        assertThat(again.model().volumes()).isEqualTo(input.resolved().volumes());
        assertThat(ComposeInput.emit(again.model())).isEqualTo(input.manifest());
    }

    @ParameterizedTest
    @MethodSource("io.rosbalena.compose.ComposeInput#all")
    void theOrderOfMappingsAndTheStyleOfTextsChangeNothing(ComposeInput input, @TempDir Path project)
            throws IOException {
        Files.createDirectories(project.resolve("parts"));
        try (var parts = Files.list(input.file().resolveSibling("parts"))) {
            for (Path part : parts.toList()) {
                Files.copy(part, project.resolve("parts").resolve(part.getFileName()));
            }
        }
        YamlNode root = YamlReader.read(input.toString(), Files.readAllBytes(input.file()))
                .orElseThrow();
        for (long seed = 1; seed <= 3; seed++) {
            Files.writeString(project.resolve("docker-compose.yml"), rewritten(root, new Random(seed)));
            ComposeModel read = ComposeFile.read(
                    project, "docker-compose.yml", ComposeInput.VARIABLES, new io.rosbalena.finding.Findings());

            assertThat(read.networks()).isEqualTo(input.read().networks());
            assertThat(read.volumes()).isEqualTo(input.read().volumes());
            assertThat(read.services().keySet())
                    .isEqualTo(input.read().services().keySet());
            read.services().forEach((name, service) -> {
                Service same = input.read().service(name);
                assertThat(service.fields()).as(name).isEqualTo(same.fields());
                assertThat(service.build()).isEqualTo(same.build());
                assertThat(extension(service)).isEqualTo(extension(same));
            });
        }
    }

    private static String extension(Service service) {
        return service.extension().toString().replaceAll("position=Position\\[[^]]*]", "");
    }

    /** The same document in the flow style of YAML, members of mappings in another order; merge keys are resolved. */
    private static String rewritten(YamlNode node, Random random) {
        if (node instanceof YamlMap map) {
            List<Map.Entry<String, YamlMap.Member>> members =
                    new ArrayList<>(map.members().entrySet());
            Collections.shuffle(members, random);
            return members.stream()
                    .map(member -> quoted(member.getKey()) + ": "
                            + rewritten(member.getValue().value(), random))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (node instanceof YamlList list) {
            return list.items().stream()
                    .map(item -> rewritten(item, random))
                    .collect(Collectors.joining(", ", "[", "]"));
        }
        YamlScalar scalar = (YamlScalar) node;
        return scalar.isNull() ? "null" : quoted(scalar.text());
    }

    private static String quoted(String text) {
        return '"'
                + text.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\t", "\\t")
                + '"';
    }
}
