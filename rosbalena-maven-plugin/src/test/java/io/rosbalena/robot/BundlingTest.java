package io.rosbalena.robot;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.RealTool;
import io.rosbalena.compose.ComposeFile;
import io.rosbalena.compose.ComposeModel;
import io.rosbalena.device.LocalEngine;
import io.rosbalena.finding.Findings;
import io.rosbalena.image.OciLayout;
import io.rosbalena.image.StoredImage;
import io.rosbalena.robot.publishing.Bundling;
import io.rosbalena.store.BlobStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole robot in one file, which a real dockerd and skopeo read. */
class BundlingTest {
    private static final String FILE = "target/rosbalena/small-1.bundle.tar";

    @TempDir
    private Path folder;

    private SmallRobot robot;

    @BeforeEach
    void makeARobot() throws IOException {
        robot = SmallRobot.in(folder)
                .write(
                        "docker-compose.yml",
                        String.join(
                                "\n",
                                "services:",
                                "  talker:",
                                "    command: [hello]",
                                "    volumes: [data:/data]",
                                "    x-rosbalena:",
                                "      apt: [hello]",
                                "  other:",
                                "    command: [hello, again]",
                                "    x-rosbalena:",
                                "      apt: [hello]",
                                "      files: [\"extra:/extra\"]",
                                "volumes:",
                                "  data:",
                                ""))
                .write("extra", "for one alone");
    }

    @Test
    void anEngineHasTheImagesThatWereBuiltUnderTheNamesOfTheManifest() throws Exception {
        bundle();
        try (LocalEngine engine = LocalEngine.start(folder)) {
            engine.docker("load", "-i", robot.file(FILE).toString());

            for (OciLayout.Entry image : built()) {
                assertThat(engine.docker("image", "inspect", "--format", "{{.Id}}", "small/" + image.name() + ":1"))
                        .isEqualTo(stored(image).id().toString());
            }
            assertThat(manifest()).contains("image: small/talker:1").contains("image: small/other:1");
        }
    }

    @Test
    void podmanLoadsItToo() throws Exception {
        RealTool.require("podman");
        bundle();
        List<String> podman = List.of(
                "podman",
                "--root=" + folder.resolve("images"),
                "--runroot=" + folder.resolve("running"),
                "--storage-driver=vfs");

        run(podman, "load", "-q", "-i", robot.file(FILE).toString());

        for (OciLayout.Entry image : built()) {
            assertThat(run(podman, "image", "inspect", "--format", "{{.Id}}", "small/" + image.name() + ":1"))
                    .isEqualTo(stored(image).id().hex());
        }
    }

    private String run(List<String> program, String... words) throws IOException {
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of(words));
        return RealTool.run(folder, command.toArray(String[]::new)).strip();
    }

    @Test
    void theManifestIsTheOneThatWasBuiltButForTheNamesOfImages() throws Exception {
        bundle();
        Path manifest = robot.file("target/rosbalena/docker-compose.yml");
        ComposeModel before = parse(Files.readString(manifest));
        ComposeModel inside = parse(manifest());

        assertThat(inside.services().keySet()).isEqualTo(before.services().keySet());
        before.services()
                .forEach((name, service) ->
                        assertThat(inside.services().get(name).fields()).isEqualTo(service.fields()));
        assertThat(inside.volumes()).isEqualTo(before.volumes());
    }

    @Test
    void sharedLayersStandInItOnceAndOtherToolsReadIt() throws Exception {
        RealTool.require("skopeo");
        bundle();
        List<String> files = List.of(
                RealTool.run(folder, "tar", "-tf", robot.file(FILE).toString()).split("\n", -1));

        assertThat(files).doesNotHaveDuplicates();
        assertThat(files.stream().filter(name -> name.endsWith("/layer.tar")).count())
                .isEqualTo(built().stream()
                        .flatMap(image -> stored(image).diffIds().stream())
                        .distinct()
                        .count());
        for (OciLayout.Entry image : built()) {
            String config = RealTool.run(
                    folder,
                    "skopeo",
                    "inspect",
                    "--raw",
                    "--config",
                    "docker-archive:" + robot.file(FILE) + ":docker.io/small/" + image.name() + ":1");
            assertThat(config)
                    .isEqualTo(Files.readString(robot.file("target/rosbalena/images/blobs/sha256")
                            .resolve(stored(image).id().hex())));
        }
    }

    @Test
    void theSameImagesGiveTheSameBytes() throws Exception {
        bundle();
        byte[] before = Files.readAllBytes(robot.file(FILE));
        Files.delete(robot.file(FILE));
        robot.store(folder.resolve("another store"));
        bundle();

        assertThat(robot.file(FILE)).hasBinaryContent(before);
    }

    @Test
    void eachPlatformHasAFileOfItsOwn() throws Exception {
        RealTool.require("skopeo");
        robot.forTwoPlatforms();
        List<String> lines = bundle();

        for (String architecture : List.of("amd64", "arm64")) {
            String file = FILE.replace(".bundle", "-" + architecture + ".bundle");
            assertThat(lines).anyMatch(line -> line.startsWith(file));
            String inside = "docker-archive:" + robot.file(file) + ":docker.io/small/talker:1";
            assertThat(RealTool.run(folder, "skopeo", "inspect", "--override-arch", architecture, "--config", inside))
                    .contains("\"architecture\": \"" + architecture + "\"");
        }
    }

    @Test
    void theCommandsThatInstallItStandInItAndArePrinted() throws Exception {
        List<String> lines = bundle();

        assertThat(lines.get(0)).startsWith(FILE);
        assertThat(lines.subList(1, lines.size()))
                .containsExactly(
                        "  docker load -i small-1.bundle.tar",
                        "  tar -xf small-1.bundle.tar docker-compose.yml",
                        "  docker compose -p small up -d");
        String readme = RealTool.run(folder, "tar", "-xOf", robot.file(FILE).toString(), "README");
        lines.subList(1, lines.size()).forEach(line -> assertThat(readme).contains(line.strip()));
    }

    private List<String> bundle() throws IOException, InterruptedException {
        return Bundling.write(robot.robotProject(), robot.surroundings());
    }

    private String manifest() throws IOException {
        return RealTool.run(folder, "tar", "-xOf", robot.file(FILE).toString(), "docker-compose.yml");
    }

    private static ComposeModel parse(String text) {
        Findings findings = new Findings();
        ComposeModel model = ComposeFile.parse(
                "docker-compose.yml", text.getBytes(java.nio.charset.StandardCharsets.UTF_8), Map.of(), findings);
        findings.throwIfErrors();
        return model;
    }

    private List<OciLayout.Entry> built() throws IOException {
        return new OciLayout(robot.file("target/rosbalena/images")).read();
    }

    private StoredImage stored(OciLayout.Entry image) {
        try {
            return StoredImage.read(image.manifest(), BlobStore.open(robot.storeFolder()));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
