package io.rosbalena.lint.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.compose.CommandScripts;
import io.rosbalena.compose.ComposeFile;
import io.rosbalena.compose.ComposeModel;
import io.rosbalena.compose.FieldCase;
import io.rosbalena.compose.ManifestEmitter;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import io.rosbalena.image.Platform;
import io.rosbalena.lint.DeviceType;
import io.rosbalena.yaml.YamlList;
import io.rosbalena.yaml.YamlMap;
import io.rosbalena.yaml.YamlNode;
import io.rosbalena.yaml.YamlReader;
import io.rosbalena.yaml.YamlScalar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every field that balena's documentation, command lines and Supervisor know: what is found, and what is emitted. */
class SupervisorFieldsTest {
    private static final DeviceType ROBOT = DeviceType.find("raspberrypi4-64").orElseThrow();

    @ParameterizedTest
    @MethodSource("io.rosbalena.compose.FieldCase#all")
    void aFieldIsFoundAndEmittedAsTheTableSays(FieldCase field, @TempDir Path project) throws IOException {
        Files.write(project.resolve("docker-compose.yml"), field.file());
        copyParts(project);
        Findings findings = new Findings();
        ComposeModel read = ComposeFile.read(project, "docker-compose.yml", Map.of(), findings);
        boolean refused = findings.hasErrors();
        ComposeModel model = CommandScripts.of(read, findings).model();
        refused |= findings.hasErrors();
        ManifestRules.check(
                new RobotView(
                        model,
                        List.of(Platform.parse(ROBOT.platform())),
                        List.of(ROBOT),
                        Optional.empty(),
                        Map.of(),
                        Set.of(),
                        Optional.empty()),
                findings);

        List<String> unexpected =
                new ArrayList<>(findings.all().stream().map(Finding::print).toList());
        for (String expected : field.findings()) {
            String[] parts = expected.split(": ", 2);
            Optional<String> found = unexpected.stream()
                    .filter(told -> told.contains(": " + parts[0].strip() + " ") && told.contains(parts[1].strip()))
                    .findFirst();
            assertThat(found).as("%s in %s", expected, unexpected).isPresent();
            unexpected.remove(found.orElseThrow());
        }
        assertThat(unexpected).isEmpty();
        assertThat(refused).as("refused").isEqualTo(field.emitted().isEmpty());
        if (field.emitted().isPresent()) {
            assertThat(emitted(model, field.isTop())).isEqualTo(node(field.expected()));
        }
    }

    private static void copyParts(Path project) throws IOException {
        Path parts = Files.createDirectory(project.resolve("parts"));
        for (String name : List.of("robot.env", "more.env", "robot.labels")) {
            Files.copy(FieldCase.folder().resolve("oracle/parts").resolve(name), parts.resolve(name));
        }
    }

    private static String emitted(ComposeModel model, boolean top) {
        Map<String, String> images = new TreeMap<>();
        model.services().keySet().forEach(name -> images.put(name, "robot/" + name));
        YamlMap manifest = (YamlMap)
                YamlReader.read("manifest", ManifestEmitter.emit(model, images)).orElseThrow();
        Map<String, YamlMap.Member> shown = new TreeMap<>();
        if (top) {
            shown.putAll(manifest.members());
            shown.remove("services");
            if (shown.size() > 1) {
                shown.remove("version");
            }
        } else {
            YamlMap services = (YamlMap) manifest.find("services").orElseThrow();
            shown.putAll(((YamlMap) services.find("a").orElseThrow()).members());
            shown.remove("image");
        }
        return print(manifest.withMembers(shown));
    }

    private static String node(byte[] yaml) {
        return print(YamlReader.read("expected", yaml).orElseThrow());
    }

    /** A node with sorted keys, in which a text and a number or truth value of the same characters differ. */
    private static String print(YamlNode node) {
        if (node instanceof YamlMap map) {
            Map<String, String> members = new TreeMap<>();
            map.members().forEach((key, member) -> members.put(key, print(member.value())));
            return members.toString();
        }
        if (node instanceof YamlList list) {
            return Arrays.toString(
                    list.items().stream().map(SupervisorFieldsTest::print).toArray());
        }
        YamlScalar scalar = (YamlScalar) node;
        boolean text =
                !scalar.isNull() && !scalar.looksNumeric() && scalar.truth().isEmpty();
        return text ? "'" + scalar.text() + "'" : scalar.text();
    }
}
