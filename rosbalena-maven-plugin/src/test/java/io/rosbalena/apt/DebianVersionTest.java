package io.rosbalena.apt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DebianVersionTest {

    @ParameterizedTest
    @CsvSource({
        "1.0~rc1, 1.0",
        "1.0, 1.0a",
        "1.0a, 1.0+b1",
        "1.9, 1.10",
        "9.9, 1:0.1",
        "1.0-1, 1.0-1.1",
        "1.0-1~bpo12+1, 1.0-1",
        "0.0.0-1, 0.0.1",
        "2.36-9, 2.36-9+deb12u14",
        "1.2-3-4, 1.2-3-5",
        "1~~, 1~~a",
        "1~~a, 1~",
    })
    void theFirstIsEarlier(String earlier, String later) {
        assertThat(new DebianVersion(earlier)).isLessThan(new DebianVersion(later));
        assertThat(new DebianVersion(later)).isGreaterThan(new DebianVersion(earlier));
    }

    @ParameterizedTest
    @CsvSource({"1.0, 1.0-0", "0:1.0, 1.0", "1.00, 1.0", "1.0-01, 1.0-1"})
    void differentTextsCanBeTheSameVersion(String one, String other) {
        assertThat(new DebianVersion(one)).isEqualByComparingTo(new DebianVersion(other));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":1", "1:", "a:1", "1 2", "1/2", "1-", "-1", "0:-1", "1$(x)", "99999999999:1"})
    void refusesWhatIsNoVersion(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new DebianVersion(text));
    }

    @Test
    void ordersRandomVersionsAsDpkgDoes() throws IOException, InterruptedException {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/dpkg")), "skipped: dpkg is not installed");
        Random random = new Random(7);
        List<String> versions = new ArrayList<>();
        for (int i = 0; i < 160; i++) {
            StringBuilder text = new StringBuilder(random.nextInt(4) == 0 ? random.nextInt(3) + ":" : "");
            text.append(random.nextInt(3));
            int length = random.nextInt(6);
            for (int j = 0; j < length; j++) {
                text.append("0019ab.+~-".charAt(random.nextInt(10)));
            }
            // dpkg wants something after the dash.
            versions.add(text.append(text.toString().endsWith("-") ? "0" : "").toString());
        }
        // One shell asks dpkg for all pairs; its exit status is the answer.
        StringBuilder script = new StringBuilder();
        for (int i = 0; i + 1 < versions.size(); i += 2) {
            script.append(
                    "dpkg --compare-versions '%1$s' lt '%2$s' && echo lt || { dpkg --compare-versions '%1$s' eq '%2$s' && echo eq || echo gt; }\n"
                            .formatted(versions.get(i), versions.get(i + 1)));
        }
        Process shell = new ProcessBuilder("sh", "-c", script.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<String> answers = new String(
                        shell.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(shell.waitFor()).isZero();
        for (int i = 0; i + 1 < versions.size(); i += 2) {
            int order = new DebianVersion(versions.get(i)).compareTo(new DebianVersion(versions.get(i + 1)));
            assertThat(order < 0 ? "lt" : order == 0 ? "eq" : "gt")
                    .as("%s against %s", versions.get(i), versions.get(i + 1))
                    .isEqualTo(answers.get(i / 2));
        }
    }
}
