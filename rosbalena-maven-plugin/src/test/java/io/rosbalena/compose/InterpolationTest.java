package io.rosbalena.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InterpolationTest {
    private static final Map<String, String> VARIABLES =
            Map.of("SET", "value", "EMPTY", "", "robot.version", "1.2", "DOLLAR", "$x");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "$SET | value",
                "${SET} | value",
                "a${SET}b$SET | avaluebvalue",
                "${robot.version} | 1.2",
                "${NONE:-default} | default",
                "${EMPTY:-default} | default",
                "${EMPTY-default} | ''",
                "${NONE-a:b-c} | a:b-c",
                "${NONE:-${SET}} | value",
                "${NONE:-${OTHER:-x}y} | xy",
                "${SET:+other} | other",
                "${NONE:+other} | ''",
                "${EMPTY:+other} | ''",
                "${EMPTY+other} | other",
                "${SET:?needed} | value",
                "$$SET | $SET",
                "$${SET} | ${SET}",
                "$$$SET | $value",
                "$DOLLAR | $x"
            })
    void variablesTakeTheFormsOfCompose(String text, String expected) {
        Composed composed = Composed.of("services:\n  a: {build: ., hostname: 'h" + text + "'}\n", VARIABLES);

        assertThat(composed.findings()).isEmpty();
        assertThat(composed.a().text("hostname")).contains("h" + expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"${", "${SET", "$", "100$ ", "${}", "${SET!x}", "${-x}", "${SET:}", "${1A}"})
    void otherFormsAreErrorsThatSayHowToWriteADollar(String text) {
        assertThat(Composed.of("services:\n  a: {build: ., hostname: '" + text + "'}\n", VARIABLES)
                        .findings())
                .singleElement()
                .asString()
                .contains("error RB117")
                .contains("$");
    }

    @Test
    void aRequiredVariableThatIsNotSetIsAnErrorWithItsMessage() {
        assertThat(Composed.of("services:\n  a: {build: ., hostname: \"${NAME:?name the robot}\"}\n")
                        .findings())
                .singleElement()
                .asString()
                .contains("docker-compose.yml:2:27: error RB117")
                .contains("NAME is required: name the robot");
    }

    @Test
    void aVariableThatIsNotSetIsAWarning() {
        assertThat(Composed.of("services:\n  a: {build: ., hostname: x$NAME}\n").findings())
                .singleElement()
                .asString()
                .contains("warning RB116");
    }

    @Test
    void theVariablesUsedAreKnown() {
        assertThat(Composed.of("services:\n  a: {build: ., hostname: 'h${SET}${NONE:-$EMPTY}'}\n", VARIABLES)
                        .model()
                        .variables())
                .isEqualTo(Map.of("SET", "value", "EMPTY", ""));
    }
}
