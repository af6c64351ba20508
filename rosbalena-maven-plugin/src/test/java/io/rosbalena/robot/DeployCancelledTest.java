package io.rosbalena.robot;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.RealTool;
import io.rosbalena.balena.standin.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ctrl-C, and what runners of continuous integration send, at every moment of a deploy. */
@Timeout(120)
class DeployCancelledTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "INT, POST, /v7/release",
        "TERM, POST, /v7/image",
        "INT, POST, /v7/image__is_part_of__release",
        "TERM, GET, /auth/v1/token",
        "INT, PATCH, /v7/image(1)"
    })
    void aReleaseNeverStaysRunning(String signal, String method, String path) throws Exception {
        Map<String, Object> release = deployKilled(signal, method, path);

        assertThat(release).containsEntry("status", "cancelled");
    }

    @ParameterizedTest
    @CsvSource({"INT", "TERM"})
    void whereTheServerIsMakingItASuccessItIsOne(String signal) throws Exception {
        Map<String, Object> release = deployKilled(signal, "PATCH", "/v7/release(1)");

        assertThat(release).containsEntry("status", "success");
    }

    private Map<String, Object> deployKilled(String signal, String method, String path)
            throws IOException, InterruptedException {
        try (DeployedRobot server = DeployedRobot.in(folder)) {
            CompletableFuture<Long> program = new CompletableFuture<>();
            server.api.plan((asked, at, earlier) -> {
                boolean now = asked.equals(method) && (at + "?").startsWith(path + "?") && earlier == 0;
                if (!now) {
                    return Fault.NONE;
                }
                send(signal, program.join());
                // The answer comes while the other side is ending.
                return Fault.slow(Duration.ofMillis(300));
            });
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                            DeployProgram.class.getName(),
                            Files.createDirectory(folder.resolve("killed")).toString(),
                            server.api.url())
                    .redirectErrorStream(true)
                    .start();
            program.complete(process.pid());
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(output).isEqualTo(signal.equals("INT") ? 130 : 143);
            assertThat(server.api.rows("image"))
                    .as(output)
                    .allSatisfy(row -> assertThat(row.get("status")).isNotEqualTo("running"));
            return server.release();
        }
    }

    private void send(String signal, long process) {
        try {
            RealTool.run(folder, "kill", "-" + signal, Long.toString(process));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
