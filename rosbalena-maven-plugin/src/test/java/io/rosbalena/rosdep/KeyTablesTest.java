package io.rosbalena.rosdep;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.SharedData;
import io.rosbalena.json.Json;
import io.rosbalena.json.JsonValue;
import io.rosbalena.rosdep.Resolution.Found;
import io.rosbalena.rosdep.Resolution.Missing;
import io.rosbalena.store.BlobStore;
import io.rosbalena.transfer.HttpTransfer;
import io.rosbalena.transfer.TransferSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every key of a distribution, compared with what rosdep 0.22.1 answers from the same databases. */
class KeyTablesTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"humble, ubuntu, jammy", "jazzy, ubuntu, noble", "humble, debian, bookworm"})
    void everyKeyResolvesAsInRosdep(String distro, String system, String codename) throws IOException {
        TargetOs os = new TargetOs(system, codename);
        Path golden = SharedData.require("data/golden/" + distro + "_" + system + "_" + codename + ".json");
        Map<String, String> expected = new TreeMap<>();
        for (Map.Entry<String, JsonValue> entry :
                Json.parse(Files.readAllBytes(golden)).members().entrySet()) {
            expected.put(entry.getKey(), line(entry.getValue()));
        }
        RosdepDatabase database = open(distro);
        Map<String, String> answers = new TreeMap<>();
        for (String key : expected.keySet()) {
            answers.put(key, line(database.resolve(key, os), os));
        }
        assertThat(answers).hasSizeGreaterThan(4600).isEqualTo(expected);
        assertThat(new TreeSet<>(database.knownKeys())).isEqualTo(expected.keySet());
        assertThat(database.consulted().keySet())
                .containsExactlyInAnyOrder(
                        "rosdistro/rosdep/base.yaml",
                        "rosdistro/rosdep/python.yaml",
                        "rosdistro/rosdep/ruby.yaml",
                        "rosdistro/index-v4.yaml",
                        "rosdistro/" + distro + "/distribution.yaml");
    }

    /** The workspaces' keys were found by catkin_pkg and resolved by rosdep; {@code reference/ros/oracle.py}. */
    @Test
    void theKeysOfRealWorkspacesGiveTheSamePackages() throws IOException {
        RosdepDatabase database = open("humble");
        List<Path> workspaces;
        try (Stream<Path> files = Files.list(SharedData.require("data/golden/workspaces-humble-jammy"))) {
            workspaces = files.sorted().toList();
        }
        assertThat(workspaces).hasSizeGreaterThan(15);
        for (Path workspace : workspaces) {
            JsonValue document = Json.parse(Files.readAllBytes(workspace));
            List<KeyUse> uses = document.get("rosdep").members().keySet().stream()
                    .map(key -> new KeyUse(key, key, "package.xml", 0))
                    .toList();
            ResolvedKeys keys = database.resolveAll(uses, new TargetOs("ubuntu", "jammy"));
            JsonValue summary = document.get("rosdep_summary");
            Map<String, JsonValue> installers = summary.get("installers").members();
            for (String installer : List.of("apt", "pip")) {
                List<String> expected = installers.containsKey(installer)
                        ? summary.get("installers").get(installer).strings()
                        : List.of();
                assertThat(keys.packages(installer))
                        .as(workspace + " " + installer)
                        .containsExactlyElementsOf(expected);
            }
            assertThat(keys.findings().stream()
                            .map(finding -> finding.packageName().orElse("")))
                    .as(workspace.toString())
                    .containsExactlyInAnyOrderElementsOf(
                            summary.get("unresolved").strings());
        }
    }

    private RosdepDatabase open(String distro) throws IOException {
        Path data = SharedData.require("data/rosdistro").toAbsolutePath().normalize();
        List<RosdepSource> databases = Stream.of("osx-homebrew.yaml osx", "base.yaml", "python.yaml", "ruby.yaml")
                .map(name -> RosdepSource.parse("rosdistro/rosdep/" + name, data.getParent()))
                .toList();
        RosdepSource index = RosdepSource.parse("rosdistro/index-v4.yaml", data.getParent());
        return RosdepDatabase.open(
                new RosdepSources(List.of(), databases, Optional.of(index), distro),
                Map.of(),
                new HttpTransfer(TransferSettings.standard().withOffline(true)),
                BlobStore.open(folder.resolve("store")));
    }

    private static String line(JsonValue expected) throws IOException {
        Optional<JsonValue> message = expected.find("message");
        if (message.isPresent()) {
            return message.get().string();
        }
        List<String> depends =
                expected.find("depends").isPresent() ? expected.get("depends").strings() : List.of();
        return line(
                expected.get("installer").string(),
                expected.get("packages").strings(),
                depends,
                expected.find("ros").isPresent());
    }

    private static String line(Resolution resolution, TargetOs os) {
        return resolution instanceof Found found
                ? line(found.installer(), found.packages(), found.depends(), found.released())
                : RosdepMessages.of((Missing) resolution, os);
    }

    private static String line(String installer, List<String> packages, List<String> depends, boolean ros) {
        return installer + " " + packages + " " + depends + (ros ? " ros" : "");
    }
}
