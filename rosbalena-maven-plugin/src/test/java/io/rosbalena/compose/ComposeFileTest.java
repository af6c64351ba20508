package io.rosbalena.compose;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.finding.Findings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ComposeFileTest {
    @Test
    void aServiceIsReadWithItsFields() {
        Composed composed = Composed.of("""
                version: "2.1"
                services:
                  perception:
                    build:
                      context: ./src/perception
                    command: ros2 launch perception "my file.launch.py"
                    environment:
                      - ROS_DOMAIN_ID=7
                      - EMPTY=
                    labels:
                      io.balena.features.dbus: '1'
                    volumes:
                      - maps:/maps:ro
                    devices:
                      - /dev/video0
                    depends_on: [camera]
                    restart: unless-stopped
                    stop_grace_period: 1m30s
                    mem_limit: 1.5g
                    cap_add: [CAP_SYS_NICE]
                    x-rosbalena:
                      apt: [htop]
                      files: ["config/a.yaml:/ros2_ws/a.yaml:0600"]
                  camera:
                    image: ros:humble
                volumes:
                  maps:
                """);
        Service service = composed.model().service("perception");

        assertThat(composed.findings()).isEmpty();
        assertThat(service.build()).contains(new Build("src/perception", java.util.Optional.empty()));
        assertThat(service.command()).contains(List.of("ros2", "launch", "perception", "my file.launch.py"));
        assertThat(service.environment()).isEqualTo(Map.of("ROS_DOMAIN_ID", "7", "EMPTY", ""));
        assertThat(service.labels()).isEqualTo(Map.of("io.balena.features.dbus", "1"));
        assertThat(service.volumes()).containsExactly(new VolumeMount("maps", "/maps", true));
        assertThat(service.devices()).containsExactly(new DeviceMapping("/dev/video0", "/dev/video0", "rwm"));
        assertThat(service.dependsOn()).containsExactly("camera");
        assertThat(service.stopGracePeriod()).isEqualTo(Duration.ofSeconds(90));
        assertThat(service.text("mem_limit")).contains("1536m");
        assertThat(service.texts("cap_add")).containsExactly("SYS_NICE");
        assertThat(service.extension().apt()).containsExactly("htop");
        assertThat(service.extension().files().get(0).mode()).hasValue(0600);
        assertThat(composed.model().service("camera").isForeign()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "blkio_config",
                "configs",
                "cpu_count",
                "cpu_percent",
                "credential_spec",
                "deploy",
                "develop",
                "external_links",
                "gpus",
                "isolation",
                "links",
                "logging",
                "mem_swappiness",
                "memswap_limit",
                "oom_kill_disable",
                "platform",
                "pull_policy",
                "runtime",
                "scale",
                "secrets",
                "stdin_open",
                "storage_opt"
            })
    void fieldsThatBalenaRefusesAreErrorsWithAdvice(String field) {
        assertThat(Composed.service(field + ": 1").told())
                .singleElement()
                .asString()
                .startsWith("docker-compose.yml:4:5: error RB102 service a: balena refuses " + field + "\n    ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "annotations",
                "attach",
                "cgroup",
                "cpu_rt_period",
                "cpu_rt_runtime",
                "device_cgroup_rules",
                "post_start",
                "pre_stop",
                "uts",
                "volumes_from"
            })
    void fieldsThatMakeTheReleaseBeRejectedAreErrors(String field) {
        assertThat(Composed.service(field + ": x").told())
                .singleElement()
                .asString()
                .contains("RB103")
                .contains("reject the whole release");
    }

    @ParameterizedTest
    @ValueSource(strings = {"expose", "container_name"})
    void fieldsWithoutEffectAreWarnings(String field) {
        assertThat(Composed.service(field + ": 1").told())
                .singleElement()
                .asString()
                .contains("warning RB104");
    }

    @Test
    void amisspeltFieldNamesTheOneThatIsMeant() {
        assertThat(Composed.service("enviroment: {A: b}").told())
                .singleElement()
                .asString()
                .contains("RB101")
                .contains("did you mean environment?");
    }

    @Test
    void cpusBecomeTheQuotaOfAHundredMilliseconds() {
        Composed composed = Composed.service("cpus: 1.5");

        assertThat(composed.a().fields()).containsEntry("cpu_quota", new FieldValue.Whole(150_000));
        assertThat(composed.told())
                .singleElement()
                .asString()
                .contains("note RB122")
                .contains("cpu_quota: 150000");
    }

    @Test
    void aQuotaWithAnotherPeriodIsConverted() {
        assertThat(Composed.service("cpu_quota: 25000\ncpu_period: 50000").a().fields())
                .containsEntry("cpu_quota", new FieldValue.Whole(50_000))
                .doesNotContainKey("cpu_period");
    }

    @ParameterizedTest
    @CsvSource({
        "/var/run/docker.sock,   io.balena.features.balena-socket",
        "/run/dbus,              io.balena.features.dbus",
        "/sys,                   io.balena.features.sysfs",
        "/proc/,                 io.balena.features.procfs",
        "/lib/modules,           io.balena.features.kernel-modules",
        "/lib/firmware,          io.balena.features.firmware"
    })
    void mountsThatHaveALabelBecomeIt(String source, String label) {
        Composed composed = Composed.service("volumes: [\"" + source + ":/x\"]");

        assertThat(composed.a().labels()).isEqualTo(Map.of(label, "1"));
        assertThat(composed.a().volumes()).isEmpty();
        assertThat(composed.told())
                .singleElement()
                .asString()
                .contains("note RB107")
                .contains(label);
    }

    @Test
    void theJournalIsMountedByThreeMountsTogether() {
        Composed all = Composed.service(
                "volumes: [\"/var/log/journal:/a\", \"/run/log/journal:/b\", \"/etc/machine-id:/etc/machine-id:ro\"]");
        Composed one = Composed.service("volumes: [\"/var/log/journal:/a\"]");

        assertThat(all.a().labels()).isEqualTo(Map.of("io.balena.features.journal-logs", "1"));
        assertThat(one.told()).singleElement().asString().contains("RB106").contains("only together");
    }

    @ParameterizedTest
    @CsvSource({
        "./config:/config,     x-rosbalena",
        "/dev:/dev,            privileged",
        "/dev/shm:/dev/shm,    ipc: host",
        "/dev/ttyUSB0:/dev/tty, devices:",
        "/tmp/.X11-unix:/tmp/.X11-unix, no display",
        "/home/robot:/data,    named volume",
        "~/bags:/bags,         named volume"
    })
    void otherMountsOfTheHostAreRefusedWithAdvice(String mount, String advice) {
        assertThat(Composed.service("volumes: [\"" + mount + "\"]").told())
                .singleElement()
                .asString()
                .contains("error RB106")
                .contains(advice);
    }

    @Test
    void longVolumesAndTmpfsBecomeShort() {
        Composed composed = Composed.service("""
                tmpfs: /run
                volumes:
                  - {type: volume, source: data, target: /data, read_only: true}
                  - {type: tmpfs, target: /tmp}
                """);

        assertThat(composed.findings()).isEmpty();
        assertThat(composed.a().texts("volumes")).containsExactly("data:/data:ro");
        assertThat(composed.a().texts("tmpfs")).containsExactly("/run", "/tmp");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[/data] | anonymous volume",
                "[data:relative] | absolute path",
                "[data:/data:nocopy] | does not know the volume option nocopy",
                "[{type: volume, source: data, target: /d, volume: {nocopy: true}}] | no options of a volume",
                "[{type: image, source: x, target: /d}] | not image",
                "[{type: tmpfs, target: /d, tmpfs: {size: 64m}}] | no options of a volume",
                "[data:/a, data:/a] | two volumes are mounted at /a",
                "[other:/a] | not declared"
            })
    void formsOfVolumesThatBalenaRefusesAreErrors(String volumes, String message) {
        assertThat(Composed.service("volumes: " + volumes).told())
                .singleElement()
                .asString()
                .contains(message);
    }

    @Test
    void optionsOfATmpfsAreRefused() {
        assertThat(Composed.service("tmpfs: [\"/run:size=64m\"]").told())
                .singleElement()
                .asString()
                .contains("RB109");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "network_mode: container:x | RB102",
                "ipc: service:b | RB102",
                "pid: container:x | RB102",
                "network_mode: overlay | RB105",
                "restart: sometimes | RB105",
                "mem_limit: lots | RB105",
                "stop_grace_period: a while | RB105",
                "privileged: maybe | RB105",
                "oom_score_adj: 5000 | RB105",
                "pids_limit: -1 | RB105",
                "ports: [\"80:80/sctp\"] | RB105",
                "ports: [\"0:80\"] | RB105",
                "ports: [\"99999:80\"] | RB105",
                "devices: [\"vendor.com/gpu=all\"] | RB105",
                "security_opt: [\"label=disable\"] | RB102",
                "working_dir: relative | RB105",
                "command: [[a]] | RB105",
                "command: ros2 launch a b && echo done | RB105",
                "command: \"echo 'open\" | RB105",
                "environment: [\"=x\"] | RB105",
                "labels: {\"a b\": c} | RB121",
                "healthcheck: {interval: 5s} | RB105",
                "healthcheck: {test: [ls]} | RB105",
                "healthcheck: {test: ls, start_interval: 1s} | RB103",
                "ulimits: {memlock: {soft: 1}} | RB105",
                "networks: {lan: {ipv6_address: 'fe80::1'}} | RB103",
                "networks: {lan: {link_local_ips: [a]}} | RB102",
                "depends_on: {b: {condition: service_healthy}} | RB112",
                "depends_on: [b, b] | RB105",
                "x-rosbalena: {package: [a]} | RB124",
                "x-rosbalena: {files: [\"../x:/y\"]} | RB124",
                "build: {context: ., ssh: [default]} | RB102",
                "build: https://example.org/x.git | RB105",
                "build: ../other | RB105"
            })
    void valuesThatDoNotWorkAreErrors(String line, String id) {
        boolean build = line.startsWith("build:");
        Composed composed = Composed.of("services:\n  a:\n" + (build ? "" : "    build: .\n") + "    " + line
                + "\n  b: {build: .}\nnetworks:\n  lan:\n");

        assertThat(composed.findings()).isNotEmpty().allMatch(finding -> finding.contains(id), id);
    }

    @Test
    void dependenciesThatOnlyAwaitTheStartAreTaken() {
        Composed composed = Composed.of(
                "services:\n  a: {build: ., depends_on: {b: {condition: service_started, required: true}}}\n  b: {build: .}\n");

        assertThat(composed.findings()).isEmpty();
        assertThat(composed.a().dependsOn()).containsExactly("b");
    }

    @Test
    void unknownDependenciesAndCirclesAreErrors() {
        Composed composed = Composed.of("""
                services:
                  a: {build: ., depends_on: [b]}
                  b: {build: ., network_mode: "service:c"}
                  c: {build: ., depends_on: [a, ghost]}
                """);

        assertThat(composed.findings())
                .hasSize(2)
                .anyMatch(finding -> finding.contains("RB111") && finding.contains("a -> b -> c -> a"))
                .anyMatch(finding -> finding.contains("RB110") && finding.contains("ghost"));
    }

    @Test
    void portsOfTheHostAreTakenOnce() {
        Composed composed = Composed.of("""
                services:
                  a: {build: ., ports: ["8080-8090:8080-8090"]}
                  b: {build: ., ports: [{target: 80, published: "8085", protocol: tcp}]}
                  c: {build: ., ports: ["8085:80/udp"]}
                """);

        assertThat(composed.findings())
                .singleElement()
                .asString()
                .contains("RB113")
                .contains("of a");
    }

    @Test
    void aServiceThatIsNothingIsAnError() {
        assertThat(Composed.of("services:\n  a: {command: ls}\n").findings())
                .singleElement()
                .asString()
                .contains("RB114");
    }

    @Test
    void systemPackagesAloneMakeAService() {
        assertThat(Composed.of("services:\n  a: {x-rosbalena: {apt: [foxglove]}}\n")
                        .findings())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-a", "a b", "käfer", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
    void namesOfServicesAreChecked(String name) {
        assertThat(Composed.of("services:\n  b: {build: .}\n  \"" + name + "\": {build: .}\n")
                        .findings())
                .singleElement()
                .asString()
                .contains("RB115");
    }

    @Test
    void aColonWithoutBlankIsOneFinding() {
        Composed composed = Composed.of("services:\n  a:\n    build:.\n    command:ls\n  b: {build: .}\n");

        assertThat(composed.findings())
                .singleElement()
                .asString()
                .contains("docker-compose.yml:3:5")
                .contains("write a blank after the colon: build: …");
    }

    @Test
    void allFindingsAreToldAtOnce() {
        Composed composed =
                Composed.of("secrets: {}\nservices:\n  a: {build: ., deploy: {replicas: 2}, tty: perhaps}\n  b: {}\n");

        assertThat(composed.findings()).hasSize(4);
    }

    @Test
    void optionsOfVolumesAndNetworksAreChecked() {
        Composed composed = Composed.of("""
                services:
                  a: {build: ., networks: [lan], volumes: ["v:/v", "w:/w"]}
                networks:
                  lan: {driver: bridge, ipam: {config: [{subnet: 10.0.0.0/24}]}}
                  out: {external: true}
                volumes:
                  v: {external: true}
                  w: {driver: local}
                """);

        assertThat(composed.findings())
                .hasSize(3)
                .anyMatch(finding -> finding.contains("RB120") && finding.contains("subnet and gateway"))
                .anyMatch(finding -> finding.contains("RB120") && finding.contains("external"))
                .anyMatch(finding -> finding.contains("RB109") && finding.contains("external"));
    }

    @Test
    void networkModeAndNetworksExcludeEachOther() {
        assertThat(Composed.of("services:\n  a: {build: ., network_mode: host, networks: [default]}\n")
                        .findings())
                .singleElement()
                .asString()
                .contains("exclude each other");
    }

    @Test
    void servicesWithProfilesAreLeftOut() {
        Composed composed = Composed.of("services:\n  a: {build: .}\n  rviz: {build: ., profiles: [desk]}\n");

        assertThat(composed.model().services()).containsOnlyKeys("a");
        assertThat(composed.findings()).singleElement().asString().contains("note RB126");
    }

    @Test
    void buildOptionsAreNamedAndLeftAside() {
        assertThat(Composed.of("services:\n  a: {build: {context: ., dockerfile: Dockerfile.robot, target: run}}\n")
                        .findings())
                .hasSize(2)
                .allMatch(finding -> finding.contains("note RB127"));
    }

    @Test
    void valuesThatOtherToolsWriteInAnotherWayAreWarnings() {
        assertThat(Composed.service("environment: {A: 1.10, B: true, C: 7, D: '010', E: 010, F: 2.5}")
                        .told())
                .hasSize(3)
                .allMatch(finding -> finding.contains("warning RB123"));
    }

    @Test
    void filesOfVariablesAreLaidBelowTheEnvironment(@TempDir Path project) throws IOException {
        Files.writeString(
                project.resolve("robot.env"),
                "# comment\nexport A=from file\nB='literal $x'\nC=\"two\\nlines\" # end\nD=${SET} # end\nE=1\n\nbad line\n");
        Files.writeString(
                project.resolve("docker-compose.yml"),
                "services:\n  a:\n    build: .\n    env_file: [robot.env, {path: none.env, required: false}]\n    environment: {E: '2', SET: }\n");
        Findings findings = new Findings();
        ComposeModel model = ComposeFile.read(project, "docker-compose.yml", Map.of("SET", "value"), findings);

        assertThat(model.service("a").environment())
                .isEqualTo(Map.of(
                        "A",
                        "from file",
                        "B",
                        "literal $x",
                        "C",
                        "two\nlines",
                        "D",
                        "value",
                        "E",
                        "2",
                        "SET",
                        "value"));
        assertThat(model.variables()).isEqualTo(Map.of("SET", "value"));
        assertThat(findings.all())
                .singleElement()
                .extracting(finding -> finding.print())
                .asString()
                .startsWith("robot.env:8:1: error RB105");
    }

    @Test
    void filesOutsideTheProjectAreNotRead(@TempDir Path folder) throws IOException {
        Path project = Files.createDirectories(folder.resolve("project"));
        Files.writeString(folder.resolve("secret.env"), "A=b\n");
        Files.createSymbolicLink(project.resolve("link.env"), folder.resolve("secret.env"));
        Files.writeString(
                project.resolve("docker-compose.yml"),
                "services:\n  a: {build: ., env_file: [../secret.env, link.env, /etc/hostname, missing.env]}\n");
        Findings findings = new Findings();
        ComposeModel model = ComposeFile.read(project, "docker-compose.yml", Map.of(), findings);

        assertThat(model.service("a").environment()).isEmpty();
        assertThat(findings.all()).hasSize(4).allMatch(finding -> finding.id().equals("RB118"));
    }

    @Test
    void servicesExtendOthersAlsoOfOtherFiles(@TempDir Path project) throws IOException {
        Files.createDirectories(project.resolve("common"));
        Files.writeString(project.resolve("common/base.yml"), """
                services:
                  root: {restart: always, environment: [A=root], env_file: base.env}
                  base:
                    extends: root
                    build: ./pkg
                    environment: {B: base}
                    volumes: ["data:/data", "logs:/logs"]
                    cap_add: [SYS_NICE]
                    command: old
                """);
        Files.writeString(project.resolve("common/base.env"), "F=file\n");
        Files.writeString(project.resolve("docker-compose.yml"), """
                services:
                  a:
                    extends: {file: common/base.yml, service: base}
                    environment: {A: mine}
                    volumes: ["other:/data"]
                    cap_add: [NET_ADMIN]
                    command: [new]
                    restart: !reset null
                volumes: {data: , logs: , other: }
                """);
        Findings findings = new Findings();
        Service a = ComposeFile.read(project, "docker-compose.yml", Map.of(), findings)
                .service("a");

        assertThat(findings.hasErrors()).isFalse();
        assertThat(a.build().orElseThrow().context()).isEqualTo("common/pkg");
        assertThat(a.environment()).isEqualTo(Map.of("A", "mine", "B", "base", "F", "file"));
        assertThat(a.texts("volumes")).containsExactly("other:/data", "logs:/logs");
        assertThat(a.texts("cap_add")).containsExactly("NET_ADMIN", "SYS_NICE");
        assertThat(a.command()).contains(List.of("new"));
        assertThat(a.fields()).doesNotContainKey("restart");
    }

    @Test
    void servicesThatExtendEachOtherInACircleAreAnError() {
        assertThat(Composed.of("services:\n  a: {build: ., extends: b}\n  b: {build: ., extends: {service: a}}\n")
                        .findings())
                .isNotEmpty()
                .allMatch(finding -> finding.contains("RB125") && finding.contains("circle"));
    }

    @Test
    void overlaysAreLaidOverTheFile(@TempDir Path project) throws IOException {
        Files.writeString(project.resolve("docker-compose.yml"), """
                services:
                  a:
                    build: src/a
                    command: [run]
                    environment: [A=1, B=1]
                    ports: ["80:80"]
                    privileged: true
                volumes: {data: }
                x-rosbalena: {ros-domain-id: 1}
                """);
        Files.writeString(project.resolve("docker-compose.dev.yml"), """
                services:
                  a:
                    command: [debug]
                    environment: {B: 2}
                    ports: !override ["81:80"]
                    privileged: !reset null
                    volumes: ["data:/data", "bags:/bags"]
                  tools: {x-rosbalena: {apt: [htop]}}
                volumes: {bags: }
                x-rosbalena: {ros-domain-id: 2}
                """);
        Findings findings = new Findings();
        ComposeModel model =
                ComposeFile.read(project, List.of("docker-compose.yml", "docker-compose.dev.yml"), Map.of(), findings);

        assertThat(findings.all()).isEmpty();
        assertThat(model.services()).containsOnlyKeys("a", "tools");
        assertThat(model.volumes()).containsExactly("bags", "data");
        assertThat(model.extension().rosDomainId()).hasValue(2);
        assertThat(model.service("a").command()).contains(List.of("debug"));
        assertThat(model.service("a").environment()).isEqualTo(Map.of("A", "1", "B", "2"));
        assertThat(model.service("a").texts("ports")).containsExactly("81:80");
        assertThat(model.service("a").fields()).doesNotContainKey("privileged");
    }

    @Test
    void whatSeveralServicesShareIsToldOnce() {
        Composed composed = Composed.of("""
                x-base: &base
                  build: .
                  runtime: nvidia
                services:
                  a: *base
                  b: *base
                """);

        assertThat(composed.findings())
                .singleElement()
                .asString()
                .startsWith("docker-compose.yml:3:3: error RB102 service a, b: balena refuses runtime");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sw.supervisor | ''", "sw.supervisor | >=14.0.0", "sw.l4t | 32.4 - 35.x", "sw.l4t | ^32 || ~35.1",
                "sw.balena-os | >=2.80.0 <3", "sw.linux | *", "arch.sw | aarch64", "hw.device-type | raspberrypi5"
            })
    void requirementsThatBalenaUnderstandsAreTaken(String requirement, String value) {
        assertThat(Composed.service("labels: {io.balena.features.requires." + requirement + ": '" + value + "'}")
                        .told())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"sw.supervisor, newest", "sw.l4t, >>3", "sw.linux, 1.2.3.4.5", "arch.sw, arm64"})
    void requirementsThatBalenaDoesNotUnderstandAreErrors(String requirement, String value) {
        assertThat(Composed.service("labels: {io.balena.features.requires." + requirement + ": '" + value + "'}")
                        .told())
                .singleElement()
                .asString()
                .contains("error RB121");
    }

    @Test
    void aRefusedTextBringsNoFurtherFinding() {
        assertThat(Composed.of("services:\n  a: {build: ., devices: ['${PORT:?name it}'], image: '${X:?}'}\n")
                        .findings())
                .hasSize(2)
                .allMatch(finding -> finding.contains("RB117"));
    }
}
