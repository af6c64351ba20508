package io.rosbalena.colcon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ends what prints without end. */
class OutputLimitTest {
    @TempDir
    private Path logs;

    private Process start(String script) throws Exception {
        Path folder = Files.createDirectories(logs.resolve("build_2026-01-01/endless"));
        return new ProcessBuilder("sh", "-c", script)
                .redirectOutput(folder.resolve("stdout_stderr.log").toFile())
                .start();
    }

    @Test
    void whatPrintsWithoutEndIsInterruptedAndNamed() throws Exception {
        Process endless = start("exec yes");
        try (OutputLimit limit = new OutputLimit(logs, 1 << 20)) {
            assertThatThrownBy(endless::waitFor).isInstanceOf(InterruptedException.class);
            endless.destroyForcibly().waitFor();

            assertThat(limit.reason())
                    .hasValueSatisfying(e -> assertThat(e.getMessage())
                            .contains("RB485", "prints without end", "more than 1 MB", "endless"));
        }
    }

    @Test
    void whatEndsByItselfIsNotInterruptedEither() throws Exception {
        try (OutputLimit limit = new OutputLimit(logs, 1 << 20)) {
            assertThat(start("echo little").waitFor()).isZero();
            assertThat(limit.reason()).isEmpty();
        }
        Files.write(logs.resolve("build_2026-01-01/endless/stdout_stderr.log"), new byte[2 << 20]);

        assertThat(Thread.interrupted()).isFalse();
    }
}
