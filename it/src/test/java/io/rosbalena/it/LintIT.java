package io.rosbalena.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The goal that looks before anything is built, as people start it. */
class LintIT {
    private static final String LINT =
            "io.rosbalena:rosbalena-maven-plugin:" + System.getProperty("it.version") + ":lint";

    @TempDir
    private Path folder;

    @BeforeEach
    void aComposeFileAlone() throws IOException {
        Files.writeString(folder.resolve("docker-compose.yml"), """
                version: "2.1"
                services:
                  recorder:
                    image: ros:humble
                    command: ros2 bag record -a
                    network_mode: host
                    privileged: true
                    deploy: {}
                """);
    }

    private NestedMaven maven() {
        return NestedMaven.in(folder).with("-o").store(folder.resolve("store"));
    }

    @Test
    void aComposeFileNeedsNeitherPomNorWorkspace() throws IOException, InterruptedException {
        NestedMaven.Result result = maven().run(LINT).failed();

        assertThat(result.output())
                .contains("docker-compose.yml:8:5: error RB102 service recorder: balena refuses deploy")
                .contains("docker-compose.yml:7:5: warning RB135 service recorder")
                .contains("RB158", "RB159")
                .doesNotContain("\tat ", "    at ");
    }

    @Test
    void programsGetOneDocument() throws IOException, InterruptedException {
        Path file = folder.resolve("findings.sarif");
        maven().with("-Drosbalena.lint.format=sarif", "-Drosbalena.lint.output=" + file)
                .run(LINT)
                .failed();

        assertThat(file).content().startsWith("{").contains("\"uri\": \"docker-compose.yml\"", "\"ruleId\": \"RB102\"");
    }

    @Test
    void warningsAloneDoNotFail() throws IOException, InterruptedException {
        Path compose = folder.resolve("docker-compose.yml");
        Files.writeString(compose, Files.readString(compose).replace("    deploy: {}\n", ""));

        assertThat(maven().run(LINT).succeeded().output()).contains("RB135");
        assertThat(maven().with("-Drosbalena.strict").run(LINT).failed().output())
                .contains("RB135");
    }

    @Test
    void whatTheBeginningOfABuildSaysIsNotSaidAgain() throws IOException, InterruptedException {
        FirstCourier first = FirstCourier.get();
        Path robot = first.again("linted");

        assertThat(NestedMaven.in(robot)
                        .store(first.store())
                        .with("-o")
                        .run("package")
                        .succeeded()
                        .output())
                .contains(":lint (default-lint)")
                .containsOnlyOnce("RB164");
    }
}
