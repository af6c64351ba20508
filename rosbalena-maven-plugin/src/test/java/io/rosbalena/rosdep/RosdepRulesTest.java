package io.rosbalena.rosdep;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.json.Json;
import io.rosbalena.json.JsonValue;
import io.rosbalena.rosdep.Resolution.Found;
import io.rosbalena.rosdep.Resolution.Missing;
import io.rosbalena.store.BlobStore;
import io.rosbalena.transfer.HttpTransfer;
import io.rosbalena.transfer.TransferSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** {@code golden/rosdep_rules.json} holds what rosdep 0.22.1 answers for every shape of a rule and for merges. */
class RosdepRulesTest {
    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> everyShapeOfARule() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (JsonValue rule : golden("rules")) {
            String id = rule.get("id").string();
            List<String> yaml = List.of(rule.get("yaml").string());
            tests.add(DynamicTest.dynamicTest(id, () -> check(id, yaml, rule.get("results"))));
        }
        return tests.stream();
    }

    @TestFactory
    Stream<DynamicTest> databasesMergePerOperatingSystem() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (JsonValue merge : golden("merges")) {
            String id = merge.get("id").string();
            List<String> yamls = merge.get("yamls").strings();
            tests.add(DynamicTest.dynamicTest(id, () -> check(id, yamls, merge.get("results"))));
        }
        return tests.stream();
    }

    private static List<JsonValue> golden(String part) throws IOException {
        try (InputStream in = RosdepRulesTest.class.getResourceAsStream("/golden/rosdep_rules.json")) {
            List<JsonValue> cases = Json.parse(Objects.requireNonNull(in).readAllBytes())
                    .get(part)
                    .items();
            assertThat(cases).isNotEmpty();
            return cases;
        }
    }

    private void check(String id, List<String> rules, JsonValue results) throws IOException {
        List<RosdepSource> sources = new ArrayList<>();
        for (String rule : rules) {
            Path file = folder.resolve(id + sources.size() + ".yaml");
            Files.writeString(file, "key:\n  " + rule.replace("\n", "\n  ") + "\n");
            sources.add(new RosdepSource(file.getFileName().toString(), file.toUri(), Set.of()));
        }
        RosdepDatabase database = RosdepDatabase.open(
                new RosdepSources(List.of(), sources, Optional.empty(), "humble"),
                Map.of(),
                new HttpTransfer(TransferSettings.standard().withOffline(true)),
                BlobStore.open(folder.resolve("store")));
        for (Map.Entry<String, JsonValue> expected : results.members().entrySet()) {
            String[] os = expected.getKey().split(":", -1);
            compare(id, database, new TargetOs(os[0], os[1]), expected.getValue());
        }
    }

    private static void compare(String id, RosdepDatabase database, TargetOs os, JsonValue expected)
            throws IOException {
        Resolution resolution = database.resolve("key", os);
        Optional<JsonValue> message = expected.find("message");
        if (message.isPresent()) {
            assertThat(resolution).as(id + " on " + os).isInstanceOf(Missing.class);
            assertThat(RosdepMessages.of((Missing) resolution, os))
                    .as(id + " on " + os)
                    .isEqualTo(message.get().string());
            return;
        }
        assertThat(resolution).as(id + " on " + os).isInstanceOf(Found.class);
        Found found = (Found) resolution;
        assertThat(found.installer())
                .as(id + " on " + os)
                .isEqualTo(expected.get("installer").string());
        if (expected.find("packages").isPresent()) {
            List<String> packages = expected.get("packages").items().stream()
                    .map(item -> String.valueOf(item.raw()))
                    .toList();
            assertThat(found.packages()).as(id + " on " + os).isEqualTo(packages);
            assertThat(found.depends())
                    .as(id + " on " + os)
                    .isEqualTo(expected.get("depends").strings());
        }
    }
}
