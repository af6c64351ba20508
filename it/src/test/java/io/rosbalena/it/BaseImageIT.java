package io.rosbalena.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.image.MediaType;
import io.rosbalena.json.Json;
import io.rosbalena.json.JsonValue;
import io.rosbalena.store.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The example robot on a Debian image that was made elsewhere, in every form in which {@code from} takes one. */
class BaseImageIT {
    private static final List<String> SERVICES = List.of("camera_driver", "control_node", "perception_node", "tools");

    private static Path folder;
    private static Path store;
    private static ImageFolder base;
    private static LocalRegistry registry;
    private static Path onLayout;

    @BeforeAll
    static void buildOnTheLayout() throws IOException, InterruptedException {
        folder = Projects.folder("bases");
        store = Projects.store("first");
        base = DebianBase.make(folder);
        registry = LocalRegistry.open(Files.createDirectories(folder.resolve("registry")));
        registry.push(base.reference(DebianBase.NAME), "team/debian:12");
        registry.push(base.reference(DebianBase.OTHER), "team/debian:other");
        onLayout = robot("on layout", "oci:" + base.folder() + "#" + DebianBase.NAME);
        NestedMaven.in(onLayout).store(store).run("package").succeeded();
    }

    @AfterAll
    static void closeRegistry() throws InterruptedException {
        if (registry != null) {
            registry.close();
        }
    }

    /** The courier on a base, with a service whose packages are newer than what the base has of them. */
    private static Path robot(String name, String from) throws IOException {
        Path robot = Projects.courier(name);
        Projects.replace(robot.resolve("pom.xml"), "<from>apt</from>", "<from>" + from + "</from>");
        Projects.replace(robot.resolve("docker-compose.yml"), "\nvolumes:\n", """

                  tools:
                    x-rosbalena:
                      apt: [apt-utils]
                    command: [apt-ftparchive, --version]

                volumes:
                """);
        return robot;
    }

    private static NestedMaven build(Path robot) {
        return NestedMaven.in(robot).store(store);
    }

    @Test
    void imagesStandOnTheBaseAndKeepWhatItsConfigurationSays() throws IOException, InterruptedException {
        ImageFolder images = ImageFolder.of(onLayout);
        List<JsonValue> below = base.manifest(DebianBase.NAME).get("layers").items();
        for (String service : SERVICES) {
            List<JsonValue> layers = images.manifest(service).get("layers").items();
            assertThat(layers.subList(0, below.size())).isEqualTo(below);
            JsonValue config = images.config(service);
            assertThat(config.get("config").get("Env").strings()).contains("BASE=debian", "LANG=C.UTF-8");
            assertThat(config.get("config")
                            .get("Labels")
                            .get("org.example.base")
                            .string())
                    .isEqualTo("debian");
            assertThat(config.get("created").string()).isEqualTo("2000-01-01T00:00:00Z");
            assertThat(config.get("rootfs").get("diff_ids").strings()).hasSameSizeAs(layers);
        }
        assertThat(images.config("camera_driver")
                        .get("config")
                        .get("StopSignal")
                        .string())
                .isEqualTo("SIGINT");
    }

    @Test
    void onlyWhatTheBaseLacksIsAdded() throws IOException {
        String lock = Files.readString(onLayout.resolve("rosbalena.lock"));
        assertThat(lock).contains("libddsc0debian").doesNotContain("libc-bin", "coreutils", "base-files");
    }

    @Test
    void dpkgAndAptFindNothingThatTheBaseAloneDoesNotHave() throws IOException, InterruptedException {
        Program.requireRoot("unpacks owners and enters roots");
        Path bare = base.unpack(DebianBase.NAME, folder.resolve("bare"));
        SystemCheck expected = SystemCheck.of(bare);
        for (String service : List.of("perception_node", "tools")) {
            Path root = ImageFolder.of(onLayout).unpack(service, folder.resolve("unpacked-" + service));
            SystemCheck.of(root).findsNothingBut(expected);
            SystemCheck.libraryCacheIsThatOfLdconfig(root);
            SystemCheck.holdsNoCompilerAndNoSource(root);
        }
    }

    @Test
    void theRecordsAreThoseThatAptItselfWouldHaveLeftOnTheBase() throws IOException, InterruptedException {
        Program.requireRoot("installs packages in a root");
        Path real = base.unpack(DebianBase.NAME, folder.resolve("real"));
        Path ours = ImageFolder.of(onLayout).unpack("tools", folder.resolve("ours"));
        SystemCheck.install(real, "apt-utils");
        for (String file : List.of(
                "var/lib/dpkg/status",
                "var/lib/dpkg/diversions",
                "etc/passwd",
                "etc/group",
                "etc/shells",
                "var/lib/shells.state",
                "etc/ld.so.cache")) {
            assertThat(ours.resolve(file)).as(file).hasSameBinaryContentAs(real.resolve(file));
        }
        assertThat(SystemCheck.in(ours, "apt-mark", "showauto"))
                .isEqualTo(SystemCheck.in(real, "apt-mark", "showauto"));
    }

    @Test
    void aRegistryGivesTheSameImagesAndIsNotAskedAgain() throws IOException, InterruptedException {
        Path there = Files.createDirectories(folder.resolve("closing"));
        Path robot;
        try (LocalRegistry closing = LocalRegistry.open(there)) {
            closing.push(base.reference(DebianBase.NAME), "team/debian:12");
            robot = robot("on registry", "registry:" + closing.host() + "/team/debian:12");
            build(robot).run("package").succeeded();
        }
        assertThat(Projects.images(robot)).isEqualTo(Projects.images(onLayout));

        Projects.replace(robot.resolve("docker-compose.yml"), "apt-ftparchive, --version", "apt-ftparchive, --help");
        build(robot).with("-o", "-Drosbalena.locked").run("package").succeeded();
        assertThat(Projects.images(robot)).isEqualTo(Projects.images(onLayout));
    }

    @Test
    void ofAnIndexThePlatformIsTakenAndAttestationsArePassedOver() throws IOException, InterruptedException {
        byte[] wanted = registry.manifest("team/debian", "12", MediaType.MANIFEST);
        byte[] other = registry.manifest("team/debian", "other", MediaType.MANIFEST);
        byte[] index = Json.compact(Map.of(
                "schemaVersion",
                2,
                "mediaType",
                MediaType.INDEX,
                "manifests",
                List.of(
                        entry(other, "unknown", Map.of("vnd.docker.reference.type", "attestation-manifest")),
                        entry(other, "riscv64", Map.of()),
                        entry(wanted, "amd64", Map.of()))));
        registry.put("team/debian", "all", MediaType.INDEX, index);
        Path robot = robot("on index", registry.host() + "/team/debian:all");
        build(robot).run("package").succeeded();
        assertThat(Projects.images(robot)).isEqualTo(Projects.images(onLayout));
        assertThat(Files.readString(robot.resolve("rosbalena.lock")))
                .contains(Digest.of(wanted).toString());
    }

    private static Map<String, Object> entry(byte[] manifest, String architecture, Map<String, String> annotations) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("mediaType", MediaType.MANIFEST);
        entry.put("digest", Digest.of(manifest));
        entry.put("size", manifest.length);
        entry.put("annotations", annotations);
        entry.put(
                "platform",
                Map.of("os", architecture.equals("unknown") ? "unknown" : "linux", "architecture", architecture));
        return entry;
    }

    @Test
    void archivesGiveTheSameImages() throws IOException, InterruptedException {
        Path oci = folder.resolve("oci.tar");
        copy("oci-archive:" + oci);
        Path onOci = robot("on oci archive", "tar:" + oci);
        build(onOci).run("package").succeeded();
        assertThat(Projects.images(onOci)).isEqualTo(Projects.images(onLayout));

        // Docker's form holds the layers without compression: the same files, packed by us.
        Path docker = folder.resolve("docker.tar");
        copy("docker-archive:" + docker + ":debian:12");
        Path onDocker = robot("on docker archive", "tar:" + docker);
        build(onDocker).run("package").succeeded();
        assertHoldTheSame(onDocker);
    }

    @Test
    void layersOfZstdArePackedAgain() throws IOException, InterruptedException {
        copy("oci:" + folder.resolve("zstd") + ":debian", "--dest-compress", "--dest-compress-format=zstd");
        ImageFolder zstd = new ImageFolder(folder.resolve("zstd"));
        assertThat(zstd.manifest("debian").get("layers").items())
                .allMatch(layer -> layer.toString().contains("tar+zstd"));
        Path robot = robot("on zstd", "oci:" + zstd.folder());
        build(robot).run("package").succeeded();
        assertHoldTheSame(robot);
    }

    private static void copy(String target, String... options) throws IOException, InterruptedException {
        String[] command = new String[] {"skopeo", "copy", "-q", "--insecure-policy", base.reference(DebianBase.NAME)};
        String[] all = Arrays.copyOf(command, command.length + options.length + 1);
        System.arraycopy(options, 0, all, command.length, options.length);
        all[all.length - 1] = target;
        Program.of((Object[]) all).output();
    }

    /** Layers of the same content in gzip form; only the base's were packed by another program. */
    private static void assertHoldTheSame(Path robot) throws IOException, InterruptedException {
        ImageFolder images = ImageFolder.of(robot);
        int below = base.diffIds(DebianBase.NAME).size();
        for (String service : SERVICES) {
            assertThat(images.diffIds(service))
                    .isEqualTo(ImageFolder.of(onLayout).diffIds(service));
            List<JsonValue> layers = images.manifest(service).get("layers").items();
            assertThat(layers).allMatch(layer -> layer.toString().contains(MediaType.LAYER_GZIP));
            List<JsonValue> others =
                    ImageFolder.of(onLayout).manifest(service).get("layers").items();
            assertThat(layers.subList(below, layers.size())).isEqualTo(others.subList(below, others.size()));
        }
    }

    @Test
    void aBaseForAnotherProcessorIsRefused() throws IOException, InterruptedException {
        for (String from :
                List.of("oci:" + base.folder() + "#" + DebianBase.OTHER, registry.host() + "/team/debian:other")) {
            NestedMaven.Result result =
                    build(robot("on another processor", from)).run("package").failed();
            assertThat(result.output())
                    .contains("pom.xml: error RB452")
                    .contains("is not for linux/amd64; it is for linux/riscv64")
                    .contains("change <deviceTypes> or <platforms>");
        }
    }

    @Test
    void aPasswordOpensTheRegistryAndAWrongOneIsToldOnce() throws IOException, InterruptedException {
        Path there = Files.createDirectories(folder.resolve("closed"));
        try (LocalRegistry closed = LocalRegistry.withLogin(there)) {
            closed.push(base.reference(DebianBase.NAME), "team/debian:12");
            Path robot = robot("on closed registry", closed.host() + "/team/debian:12");
            Path docker = Files.createDirectories(there.resolve("docker"));
            String wrong = Base64.getEncoder().encodeToString("robot:wrong".getBytes(StandardCharsets.UTF_8));
            Files.writeString(
                    docker.resolve("config.json"),
                    "{\"auths\": {\"" + closed.host() + "\": {\"auth\": \"" + wrong + "\"}}}");
            NestedMaven.Result refused = build(robot)
                    .environment("DOCKER_CONFIG", docker.toString())
                    .run("package")
                    .failed();
            assertThat(refused.output())
                    .containsOnlyOnce("pom.xml: error RB512")
                    .contains(closed.host() + "/team/debian:12: ")
                    .contains("answered 401")
                    .contains("docker login or podman login " + closed.host())
                    .doesNotContain("wrong", wrong);
            assertThat(robot.resolve("rosbalena.lock")).doesNotExist();

            Files.writeString(docker.resolve("config.json"), "{\"credHelpers\": {\"" + closed.host() + "\": \"it\"}}");
            build(robot)
                    .environment("DOCKER_CONFIG", docker.toString())
                    .environment("PATH", helper(there) + ":" + System.getenv("PATH"))
                    .run("package")
                    .succeeded();
            assertThat(Projects.images(robot)).isEqualTo(Projects.images(onLayout));
        }
    }

    /** A folder with a credential helper, see docker-credential-helpers: asked for a host, it answers a login. */
    private static Path helper(Path folder) throws IOException {
        Path programs = Files.createDirectories(folder.resolve("programs"));
        Path helper = Files.writeString(
                programs.resolve("docker-credential-it"), """
                #!/bin/sh
                read -r host
                printf '{"ServerURL": "%%s", "Username": "%s", "Secret": "%s"}' "$host"
                """.formatted(LocalRegistry.USER, LocalRegistry.PASSWORD));
        Files.setPosixFilePermissions(helper, PosixFilePermissions.fromString("rwxr-xr-x"));
        return programs;
    }

    @Test
    void aRegistryThatIsNotThereIsToldWithItsAddress() throws IOException, InterruptedException {
        String host = "127.0.0.1:" + LocalRegistry.freePort();
        NestedMaven.Result result = build(robot("on nothing", "registry:" + host + "/team/debian:12"))
                .run("package")
                .failed();
        assertThat(result.output()).containsOnlyOnce(" error RB").contains(host).contains("MojoExecutionException");
    }
}
