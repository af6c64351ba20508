package io.rosbalena.robot.exporting;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.RealTool;
import io.rosbalena.colcon.ColconSettings;
import io.rosbalena.finding.Findings;
import io.rosbalena.json.Json;
import io.rosbalena.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dockerfiles as a real builder reads them. */
class DockerfileTest {
    private static final List<String> ENV = List.of(
            "BACKSLASH=a\\b\\\\c",
            "DOLLAR=$HOME ${PATH:-x} \\$",
            "EMPTY=",
            "EQUALS=a=b",
            "HASH=# no comment",
            "QUOTES=it's \"so\"");
    private static final List<String> COMMAND = List.of("/bin/x", "--say", "it's \"$HOME\" \\n", "# <&> ü");

    @Test
    void noVariableOfABaseBecomesAnInstruction() throws Exception {
        Findings findings = new Findings();
        JsonValue config = new JsonValue(Map.of(
                "Env", List.of("A=1", "B=x\nRUN echo", "C\nRUN echo=1", "D\"=\"2"),
                "Cmd", List.of("a\nRUN b"),
                "StopSignal", "SIGINT\nRUN c"));
        Dockerfile.ImageSettings read = Dockerfile.ImageSettings.of("a", config, findings);

        assertThat(read.env()).containsExactly("A=1");
        assertThat(read.stopSignal()).isEmpty();
        assertThat(Instruction.list(read.command())).isEqualTo("[\"a\\nRUN b\"]");
        assertThat(findings.all())
                .hasSize(3)
                .allMatch(one -> one.id().equals("RB189") && !one.message().contains("RUN"));
    }

    @Test
    void theBuilderUnderstandsWhatIsSaid(@TempDir Path folder) throws Exception {
        RealTool.require("podman");
        Files.createDirectories(folder.resolve("files-a/etc/with blank"));
        Files.writeString(folder.resolve("files-a/etc/with blank/motd"), "hi");
        Files.writeString(
                folder.resolve("a.Dockerfile"),
                new Dockerfile(
                                List.of("The head.", "", "More."),
                                "scratch",
                                false,
                                false,
                                "humble",
                                new TreeMap<>(),
                                ColconSettings.NONE,
                                List.of(),
                                "",
                                List.of(),
                                List.of(),
                                "",
                                new TreeSet<>(),
                                "files-a",
                                new Dockerfile.ImageSettings(ENV, COMMAND, "SIGINT"))
                        .text());
        // Not in a folder of the test: podman's paths are short.
        Path store = Files.createTempDirectory("podman");
        try {
            String image = podman(folder, store, "build", "--quiet", "--file", "a.Dockerfile", ".")
                    .strip();
            JsonValue config = Json.parse(
                            podman(folder, store, "image", "inspect", image).getBytes(StandardCharsets.UTF_8))
                    .items()
                    .get(0)
                    .get("Config");

            assertThat(config.get("Env").strings()).containsAll(ENV);
            assertThat(config.get("Cmd").strings()).isEqualTo(COMMAND);
            assertThat(config.find("Entrypoint")).isEmpty();
            assertThat(config.get("StopSignal").string()).isEqualTo("SIGINT");
            assertThat(config.get("WorkingDir").string()).isEqualTo("/ros2_ws");
            podman(folder, store, "save", "--format", "docker-dir", "--output", "saved", image);
            assertThat(RealTool.run(
                            folder, "sh", "-c", "for layer in saved/*; do tar tf $layer 2>/dev/null; done; true"))
                    .contains("etc/with blank/motd");
        } finally {
            RealTool.run(folder, "rm", "-rf", store.toString());
        }
    }

    private static String podman(Path folder, Path store, String... words) throws Exception {
        List<String> line = new ArrayList<>(List.of(
                "podman", "--storage-driver=vfs", "--root=" + store.resolve("r"), "--runroot=" + store.resolve("s")));
        line.addAll(List.of(words));
        return RealTool.run(folder, line.toArray(String[]::new));
    }
}
