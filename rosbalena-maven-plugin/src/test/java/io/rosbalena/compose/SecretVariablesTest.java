package io.rosbalena.compose;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Variables of which a file says that they are secret. */
class SecretVariablesTest {
    private static final String VALUE = "hunter2hunter2";

    @TempDir
    private Path folder;

    private static void nothingTells(Composed composed) {
        assertThat(composed.model().toString()).doesNotContain(VALUE);
        assertThat(new String(ManifestEmitter.emit(composed.model(), Map.of("a", "i")), StandardCharsets.UTF_8))
                .doesNotContain(VALUE);
        assertThat(composed.findings()).noneMatch(line -> line.contains(VALUE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "environment: {TOKEN: hunter2hunter2, OTHER: x}",
                "environment: [TOKEN=hunter2hunter2, OTHER=x]",
                "environment: {TOKEN: \"${API_TOKEN}\", OTHER: x}",
                "environment: [TOKEN, OTHER=x]",
                "environment: {OTHER: x}"
            })
    void theManifestLacksThem(String environment) {
        Composed composed = Composed.of(
                "services:\n  a:\n    build: .\n    x-rosbalena: {secrets: [TOKEN]}\n    " + environment + "\n",
                Map.of("API_TOKEN", VALUE, "TOKEN", VALUE));

        nothingTells(composed);
        assertThat(composed.a().environment()).containsExactly(Map.entry("OTHER", "x"));
        assertThat(composed.findings())
                .containsExactly("docker-compose.yml:4:29: note RB195 service a: TOKEN is secret: it stands in no"
                        + " manifest\n    set it for the fleet or the device: balena env set TOKEN VALUE --fleet FLEET"
                        + " --service a");
    }

    @Test
    void whatCannotBeReadIsNotToldEither() {
        nothingTells(Composed.service("x-rosbalena: {secrets: [TOKEN=" + VALUE + "]}"));
        nothingTells(Composed.service("x-rosbalena: {secrets: [PIN]}\nenvironment: {PIN: 0123e5}"));
        assertThat(Composed.service("x-rosbalena: {secrets: [PIN]}\nenvironment: {PIN: 0123e5}")
                        .findings())
                .noneMatch(line -> line.contains("0123e5"));
    }

    /** Who builds for a fleet has no value, and is not bothered with that. */
    @ParameterizedTest
    @ValueSource(strings = {"{TOKEN: \"${API_TOKEN}\"}", "[\"TOKEN=${API_TOKEN}\"]", "[TOKEN]"})
    void noValueIsNoWarning(String environment) {
        assertThat(Composed.of("services:\n  a:\n    build: .\n    x-rosbalena: {secrets: [TOKEN]}\n    environment: "
                                + environment + "\n")
                        .findings())
                .singleElement()
                .asString()
                .contains("note RB195");
    }

    @Test
    void theValueMayStandNowhereElse() {
        Composed composed = Composed.of("""
                services:
                  a:
                    build: .
                    x-rosbalena: {secrets: [TOKEN]}
                    environment: {TOKEN: "${API_TOKEN}"}
                    command: [upload, "--token=${API_TOKEN}"]
                  b:
                    build: .
                    environment: {TOKEN: "${API_TOKEN}"}
                """, Map.of("API_TOKEN", VALUE));

        assertThat(composed.findings())
                .noneMatch(line -> line.contains(VALUE))
                .filteredOn(line -> line.contains("RB196"))
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("docker-compose.yml:6:5: error RB196 service a: command holds the value of"
                                        + " the secret TOKEN of service a"),
                        line -> assertThat(line)
                                .startsWith("docker-compose.yml:9:5: error RB196 service b: environment holds the value"
                                        + " of the secret TOKEN of service a"));
    }

    /** What files and overlays say of a service counts together. */
    @Test
    void filesAndOverlaysCountTogether() throws Exception {
        Files.writeString(folder.resolve("robot.env"), "TOKEN=" + VALUE + "\nOTHER=x\n");
        Files.writeString(folder.resolve("docker-compose.yml"), """
                services:
                  a:
                    build: .
                    env_file: robot.env
                    x-rosbalena: {secrets: [TOKEN]}
                    environment: {PIN: "${SECRET_PIN}"}
                """);
        Files.writeString(folder.resolve("dev.yml"), "services: {a: {x-rosbalena: {secrets: [PIN]}}}\n");
        Findings findings = new Findings();
        ComposeModel model = ComposeFile.read(
                folder, List.of("docker-compose.yml", "dev.yml"), Map.of("SECRET_PIN", VALUE + "1"), findings);

        nothingTells(
                new Composed(model, findings.all().stream().map(Finding::print).toList()));
        assertThat(model.service("a").environment()).containsExactly(Map.entry("OTHER", "x"));
        assertThat(model.variables()).isEmpty();
    }
}
