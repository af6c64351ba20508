package io.rosbalena.compose;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.finding.Findings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandScriptsTest {
    @Test
    void aCommandWithADollarBecomesAScriptThatRunsIt(@TempDir Path folder) throws IOException, InterruptedException {
        Composed composed = Composed.service("command: [sh, -c, \"echo $$NAME it''s\"]");
        Findings findings = new Findings();
        CommandScripts scripts = CommandScripts.of(composed.model(), findings);

        assertThat(scripts.model().service("a").command()).contains(List.of("/ros2_ws/scripts/command"));
        assertThat(findings.all()).singleElement().extracting(f -> f.id()).isEqualTo("RB122");
        Path script =
                Files.writeString(folder.resolve("s"), scripts.scripts().get(0).content());
        ProcessBuilder builder = new ProcessBuilder("sh", script.toString()).redirectErrorStream(true);
        builder.environment().put("NAME", "robot");
        Process process = builder.start();
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("robot its\n");
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void aHealthcheckOfTheShellBecomesAScript() {
        Composed composed = Composed.service("healthcheck: {test: \"test -e /tmp/$$NAME\", retries: 3}");
        CommandScripts scripts = CommandScripts.of(composed.model(), new Findings());

        assertThat(scripts.scripts()).singleElement().satisfies(script -> {
            assertThat(script.path()).isEqualTo("/ros2_ws/scripts/healthcheck");
            assertThat(script.content()).isEqualTo("#!/bin/sh\ntest -e /tmp/$NAME\n");
        });
    }

    @Test
    void aDollarElsewhereIsAnError() {
        Composed composed = Composed.service("environment:\n  PRICE: 5 $$\nhostname: a$$b");
        Findings findings = new Findings();
        CommandScripts.of(composed.model(), findings);

        assertThat(findings.all())
                .extracting(finding -> finding.print())
                .hasSize(2)
                .anyMatch(line -> line.startsWith("docker-compose.yml:5:7: error RB119 service a: environment.PRICE"))
                .anyMatch(line -> line.startsWith("docker-compose.yml:6:5: error RB119"));
    }

    @Test
    void aFinishedImageTakesNoScript() {
        Composed composed = Composed.of("services:\n  a: {image: ros:humble, command: [sh, -c, \"echo $$X\"]}\n");
        Findings findings = new Findings();
        CommandScripts scripts = CommandScripts.of(composed.model(), findings);

        assertThat(scripts.scripts()).isEmpty();
        assertThat(findings.all())
                .singleElement()
                .satisfies(f -> assertThat(f.print()).contains("finished one"));
    }
}
