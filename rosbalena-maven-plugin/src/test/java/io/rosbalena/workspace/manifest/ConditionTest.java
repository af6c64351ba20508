package io.rosbalena.workspace.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rosbalena.Golden;
import io.rosbalena.json.JsonValue;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ConditionTest {

    @TestFactory
    Stream<DynamicTest> conditionsMeanWhatCatkinPkgSays() throws IOException {
        JsonValue golden = Golden.read("conditions.json");
        Map<String, String> variables = new LinkedHashMap<>();
        for (var entry : golden.get("context").members().entrySet()) {
            variables.put(entry.getKey(), entry.getValue().string());
        }
        return golden.get("cases").items().stream()
                .map(test -> DynamicTest.dynamicTest(test.toString(), () -> check(test, variables)));
    }

    private static void check(JsonValue test, Map<String, String> variables) throws IOException {
        var text = test.find("condition");
        if (text.isEmpty()) {
            return;
        }
        var error = test.find("error");
        if (error.isPresent()) {
            assertThatThrownBy(() -> Condition.parse(text.get().string()))
                    .isInstanceOf(ConditionSyntaxException.class)
                    .hasMessage(error.get().string());
        } else {
            assertThat(holds(text.get().string(), variables))
                    .isEqualTo(test.get("value").flag());
        }
    }

    @Test
    void comparesByCodePointsAndNotByUtf16() {
        assertThat(holds("\"\uFFFD\" < \"\uD83E\uDD16\"", Map.of())).isTrue();
    }

    @Test
    void refusesParenthesesWithoutEndInsteadOfRunningOutOfStack() {
        assertThatThrownBy(() -> Condition.parse("(".repeat(100_000)))
                .isInstanceOf(ConditionSyntaxException.class)
                .hasMessageContaining("more than 64 parentheses");
    }

    private static boolean holds(String text, Map<String, String> variables) {
        try {
            return Condition.parse(text).holds(variables);
        } catch (ConditionSyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
