package io.rosbalena.balena;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.finding.Findings;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What services see of the variables that are checked in. */
class VariableFileTest {
    private static VariableFile read(String text) {
        Findings findings = new Findings();
        VariableFile file = VariableFile.parse("env.yml", text.getBytes(StandardCharsets.UTF_8), findings);
        findings.throwIfErrors();
        return file;
    }

    @Test
    void whatIsSaidOfFewerWins() {
        VariableFile file = read("""
                variables:
                  - {name: LEVEL, scope: device, services: [talker], default: of-service-on-device}
                  - {name: LEVEL, scope: device, default: of-device}
                  - {name: LEVEL, services: [talker, listener], default: of-service}
                  - {name: LEVEL, default: of-fleet}
                  - {name: BALENA_HOST_CONFIG_gpu_mem, default: 64}
                """);

        assertThat(file.seenBy("talker", Map.of())).isEqualTo(Map.of("LEVEL", "of-service-on-device"));
        assertThat(file.seenBy("listener", Map.of())).isEqualTo(Map.of("LEVEL", "of-device"));
    }

    @Test
    void secretsAndValuesOfDevicesComeFromTheEnvironmentAndOthersDoNot() {
        VariableFile file = read("""
                variables:
                  - {name: TOKEN, secret: true}
                  - {name: NAME, scope: device}
                  - {name: DOMAIN, default: 7}
                  - {name: UNSET, secret: true}
                """);

        assertThat(file.seenBy("talker", Map.of("TOKEN", "t", "NAME", "n", "DOMAIN", "8")))
                .isEqualTo(Map.of("TOKEN", "t", "NAME", "n", "DOMAIN", "7"));
    }
}
