package io.rosbalena.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestEmitterTest {
    private static final String DIGEST = "sha256:" + "a".repeat(64);

    @Test
    void theManifestStatesNormalFormsInAStableOrder() {
        Composed composed = Composed.of("""
                x-rosbalena: {ros-domain-id: 7}
                volumes: {ros-data: , bags: {driver: local}}
                services:
                  control:
                    restart: on-failure
                    command: ros2 run control node --rate 1.50
                    build: src/control
                    volumes: ["ros-data:/data", "bags:/bags"]
                    environment: [B=2, A=yes]
                    privileged: false
                  camera:
                    image: ros:humble
                    ports: [8080]
                    mem_limit: 536870912
                """);
        ComposeModel model =
                RosDefaults.apply(composed.model(), Map.of("control", RosImage.of(Optional.empty(), Set.of())));

        assertThat(emit(model)).isEqualTo("""
                        version: "2.4"
                        services:
                          camera:
                            image: robot/camera@%1$s
                            mem_limit: "512m"
                            ports:
                              - "8080:8080"
                          control:
                            image: robot/control@%1$s
                            command:
                              - ros2
                              - run
                              - control
                              - node
                              - "--rate"
                              - "1.50"
                            environment:
                              A: "yes"
                              B: "2"
                              ROS_DOMAIN_ID: "7"
                            ipc: host
                            network_mode: host
                            privileged: false
                            restart: on-failure
                            volumes:
                              - bags:/bags
                              - ros-data:/data
                        volumes:
                          bags: {}
                          ros-data: {}
                        """.formatted(DIGEST));
    }

    @Test
    void theSameMeaningGivesTheSameText() {
        Composed one = Composed.of("""
                services:
                  a:
                    build: .
                    environment: {X: 1}
                    tmpfs: /run
                    depends_on: {b: {condition: service_started}}
                    stop_grace_period: 1m
                    cap_add: [SYS_NICE, NET_ADMIN]
                    extra_hosts: {robot: 10.0.0.1}
                    networks: {lan: }
                    healthcheck: {test: "true"}
                  b: {build: .}
                networks: {lan: }
                """);
        Composed other = Composed.of("""
                networks:
                  lan: {driver: bridge}
                services:
                  b:
                    build: {context: .}
                  a:
                    build: .
                    cap_add: [CAP_NET_ADMIN, sys_nice]
                    depends_on: [b]
                    environment: ["X=1"]
                    extra_hosts: ["robot=10.0.0.1"]
                    healthcheck: {test: [CMD-SHELL, "true"]}
                    networks: [lan]
                    stop_grace_period: 60s
                    tmpfs: [/run]
                """);

        assertThat(one.findings()).isEmpty();
        assertThat(other.findings()).isEmpty();
        assertThat(emit(one.model())).isEqualTo(emit(other.model()));
    }

    @Test
    void whatTheServiceStatesIsNotReplacedByDefaults() {
        Composed composed = Composed.of("""
                services:
                  a: {build: ., ports: ["80:80"]}
                  b: {build: ., ipc: private}
                  c: {build: .}
                """);
        ComposeModel model = RosDefaults.apply(
                composed.model(),
                Map.of(
                        "a", RosImage.of(Optional.empty(), Set.of()),
                        "b", RosImage.of(Optional.empty(), Set.of())));

        assertThat(model.service("a").fields()).doesNotContainKeys("network_mode", "ipc");
        assertThat(model.service("b").text("ipc")).contains("private");
        assertThat(model.service("b").text("network_mode")).contains("host");
        assertThat(model.service("c").fields()).isEmpty();
    }

    @Test
    void aWorkspaceWithoutFileHasOneServiceWithAVolume() {
        ComposeModel model =
                RosDefaults.apply(ComposeModel.withoutFile(), Map.of("main", RosImage.of(Optional.empty(), Set.of())));

        assertThat(emit(model))
                .contains("- resin-data:/data")
                .contains("resin-data: {}")
                .contains("ROS_LOG_DIR: /data/log")
                .contains("working_dir: /data")
                .contains("network_mode: host");
        assertThat(model.service("main").build().orElseThrow().context()).isEqualTo(".");
    }

    @Test
    void aDollarThatIsLeftIsNeverWritten() {
        Composed composed = Composed.service("hostname: a$$b");

        assertThatThrownBy(() -> emit(composed.model())).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatIsEmittedParsesToTheSameModel(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 100; round++) {
            ComposeModel model = random(random);
            String text = emit(model);
            Composed parsed = Composed.of(text);

            assertThat(parsed.findings().stream().filter(line -> line.contains(": error ")))
                    .as(text)
                    .isEmpty();
            assertThat(emit(parsed.model())).isEqualTo(text);
            model.services()
                    .forEach((name, service) -> assertThat(
                                    parsed.model().service(name).fields())
                            .as(text)
                            .isEqualTo(service.fields()));
            assertThat(parsed.model().volumes()).isEqualTo(model.volumes());
        }
    }

    @Test
    void referencesAreWhatRegistriesAllow() {
        assertThat(ManifestEmitter.reference("My Robot_", "Camera__Driver", DIGEST))
                .isEqualTo("my-robot/camera_driver@" + DIGEST);
    }

    private static ComposeModel random(Random random) {
        SortedMap<String, Service> services = new TreeMap<>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            SortedMap<String, FieldValue> fields = new TreeMap<>();
            fields.put("command", FieldValue.texts(texts(random, 1 + random.nextInt(4))));
            fields.put("environment", FieldValue.texts(Map.of("A", text(random), "B.c", text(random))));
            fields.put("labels", FieldValue.texts(Map.of("io.label-1", text(random))));
            fields.put("privileged", new FieldValue.Flag(random.nextBoolean()));
            fields.put("cpu_shares", new FieldValue.Whole(2 + random.nextInt(1000)));
            fields.put("hostname", new FieldValue.Text("h" + text(random)));
            fields.put("volumes", FieldValue.texts(List.of("data:/d" + random.nextInt(9))));
            services.put(
                    "s" + i,
                    new Service(
                            "s" + i,
                            java.util.Optional.empty(),
                            java.util.Optional.of("x"),
                            ServiceExtension.NONE,
                            fields,
                            new Places(Map.of())));
        }
        return new ComposeModel(
                services,
                new TreeMap<>(),
                new java.util.TreeSet<>(List.of("data")),
                ProjectExtension.NONE,
                new TreeMap<>());
    }

    private static List<String> texts(Random random, int count) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(text(random));
        }
        return texts;
    }

    /** Texts that YAML readers are known to take for something else, and texts of arbitrary characters. */
    private static String text(Random random) {
        List<String> known = List.of(
                "",
                " ",
                "true",
                "no",
                "~",
                "null",
                "1e3",
                "0x1f",
                "1_000",
                "12:30",
                "=",
                "<<",
                "- a",
                "a: b",
                "a #b",
                "#",
                "*a",
                "&a",
                "!a",
                "%a",
                "@a",
                "`a",
                "'",
                "\"",
                "\\",
                "\n",
                "a\n\nb ",
                "\t",
                "\u0000",
                "\u2028",
                "\ufeff",
                "ä",
                "漢字",
                "🤖",
                "[a]",
                "{a}",
                "? a",
                ": ",
                "a:",
                "--",
                "---",
                "...",
                "2024-01-01",
                ".inf",
                "0o7");
        if (random.nextBoolean()) {
            return known.get(random.nextInt(known.size()));
        }
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            int c = random.nextInt(4) == 0 ? random.nextInt(0x2ff) : 32 + random.nextInt(95);
            text.appendCodePoint(c == '$' ? 'x' : c);
        }
        return text.toString();
    }

    static String emit(ComposeModel model) {
        SortedMap<String, String> images = new TreeMap<>();
        model.services().keySet().forEach(name -> images.put(name, ManifestEmitter.reference("robot", name, DIGEST)));
        return new String(ManifestEmitter.emit(model, images), StandardCharsets.UTF_8);
    }

    @Test
    void aProjectForBuildersBuildsItsServicesAndNamesFinishedImages() {
        ComposeModel model = Composed.of("""
                services:
                  a: {build: ./src/a, command: [x]}
                  b: {image: "redis:7"}
                """).model();

        String text = new String(
                ManifestEmitter.emit(model, Map.of("b", "redis:7@sha256:1"), Map.of("a", "a.Dockerfile")),
                StandardCharsets.UTF_8);

        assertThat(text).isEqualTo("""
                version: "2.4"
                services:
                  a:
                    build:
                      context: "."
                      dockerfile: a.Dockerfile
                    command:
                      - x
                  b:
                    image: redis:7@sha256:1
                """);
    }
}
