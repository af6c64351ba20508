package io.rosbalena.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.SharedData;
import io.rosbalena.json.Json;
import io.rosbalena.json.JsonValue;
import io.rosbalena.workspace.manifest.Dependency;
import io.rosbalena.workspace.manifest.DependencyKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Twenty real workspaces against what colcon, catkin_pkg and rosdep made of them for humble on Ubuntu jammy. */
class CorpusTest {
    private static final Set<DependencyKind> ROSDEP_DEFAULT = EnumSet.range(DependencyKind.BUILD, DependencyKind.TEST);

    @TempDir
    private static Path folder;

    @TestFactory
    Stream<DynamicTest> realWorkspacesReadAsTheToolsReadThem() throws IOException {
        unpack(SharedData.require("data/corpus/workspaces-humble.tar.gz"));
        Path golden = SharedData.require("data/golden/workspaces-humble-jammy");
        List<Path> files;
        try (Stream<Path> list = Files.list(golden)) {
            files = list.sorted().toList();
        }
        assertThat(files).hasSize(20);
        return files.stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(file)));
    }

    private static void check(Path file) throws IOException {
        JsonValue golden = Json.parse(Files.readAllBytes(file));
        String name = file.getFileName().toString().replace(".json", "");
        Workspace workspace = Workspace.scan(folder, Path.of(name), ConditionContexts.of("humble", Map.of()));
        assertThat(workspace.findings()).isEmpty();
        assertThat(workspace.buildOrder().stream()
                        .map(one -> one.name() + " " + one.path() + " " + one.type())
                        .toList())
                .isEqualTo(order(golden));
        for (JsonValue one : golden.get("packages").items()) {
            assertThat(dependencies(workspace.find(one.get("name").string()).orElseThrow()))
                    .isEqualTo(dependencies(one));
        }
        assertThat(keys(workspace)).isEqualTo(keys(golden));
    }

    private static List<String> order(JsonValue golden) throws IOException {
        List<String> order = new ArrayList<>();
        for (JsonValue row : golden.get("colcon").get("order").items()) {
            order.add(row.get("name").string() + " " + row.get("path").string() + " "
                    + row.get("type").string());
        }
        return order;
    }

    private static Map<String, List<String>> dependencies(JsonValue one) throws IOException {
        Map<String, List<String>> kinds = new TreeMap<>();
        for (var kind : one.get("depends").members().entrySet()) {
            List<String> active = new ArrayList<>();
            for (JsonValue dependency : kind.getValue().items()) {
                if (dependency.get("active").flag()) {
                    active.add(dependency.get("name").string());
                }
            }
            kinds.put(kind.getKey(), active);
        }
        return kinds;
    }

    private static Map<String, List<String>> dependencies(RosPackage one) {
        Map<String, List<String>> kinds = new TreeMap<>();
        for (DependencyKind kind : EnumSet.range(DependencyKind.BUILD, DependencyKind.DOC)) {
            kinds.put(
                    kind.name().toLowerCase(Locale.ROOT),
                    one.colconDependencies(Set.of(kind)).map(Dependency::name).toList());
        }
        return kinds;
    }

    /** What asks for each key, as {@code package: kind}. */
    private static Map<String, Set<String>> keys(Workspace workspace) {
        Map<String, Set<String>> keys = new TreeMap<>();
        for (RosPackage one : workspace.packages()) {
            one.rosdepDependencies(ROSDEP_DEFAULT)
                    .filter(dependency -> workspace.find(dependency.name()).isEmpty())
                    .forEach(dependency -> keys.computeIfAbsent(dependency.name(), any -> new TreeSet<>())
                            .add(one.name() + ": " + dependency.kind().name().toLowerCase(Locale.ROOT)));
        }
        return keys;
    }

    private static Map<String, Set<String>> keys(JsonValue golden) throws IOException {
        Map<String, Set<String>> keys = new TreeMap<>();
        for (var key : golden.get("rosdep").members().entrySet()) {
            Set<String> users = new TreeSet<>();
            for (var user : key.getValue().get("used_by").members().entrySet()) {
                user.getValue().strings().forEach(kind -> users.add(user.getKey() + ": " + kind));
            }
            // A key that only another key depends on has no user in the workspace.
            if (!users.isEmpty()) {
                keys.put(key.getKey(), users);
            }
        }
        return keys;
    }

    private static void unpack(Path archive) throws IOException {
        try (var in = new TarArchiveInputStream(new GzipCompressorInputStream(Files.newInputStream(archive)))) {
            TarArchiveEntry entry;
            while ((entry = in.getNextEntry()) != null) {
                Path target = folder.resolve(entry.getName()).normalize();
                assertThat(target).startsWithRaw(folder);
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.getParent());
                    Files.copy(in, target);
                }
            }
        }
    }
}
