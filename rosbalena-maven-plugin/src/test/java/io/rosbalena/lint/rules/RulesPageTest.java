package io.rosbalena.lint.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.compose.ComposeRule;
import io.rosbalena.finding.Severity;
import io.rosbalena.lint.contract.ContractRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The site's page about rules has each of them, with its severity. */
class RulesPageTest {
    private static final Path PAGE = Path.of("../src/site/markdown/rules.md");

    @Test
    void eachRuleStandsOnThePageOnce() throws IOException {
        List<String> rows = Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| RB"))
                .toList();
        Stream<String> compose =
                Arrays.stream(ComposeRule.values()).map(rule -> rule.id() + " " + word(rule.severity()));
        Stream<String> lint = Arrays.stream(LintRule.values()).map(rule -> rule.id() + " " + word(rule.severity()));
        Stream<String> contract =
                Arrays.stream(ContractRule.values()).map(rule -> rule.id() + " " + word(rule.severity()));

        assertThat(rows.stream().flatMap(RulesPageTest::rules))
                .containsExactlyInAnyOrderElementsOf(Stream.of(compose, lint, contract)
                        .flatMap(rules -> rules)
                        .collect(Collectors.toList()));
    }

    private static Stream<String> rules(String row) {
        String[] cells = row.split(" *\\| *", -1);
        return Arrays.stream(cells[1].split(", ", -1)).map(id -> id + " " + cells[2]);
    }

    private static String word(Severity severity) {
        return severity.word();
    }
}
