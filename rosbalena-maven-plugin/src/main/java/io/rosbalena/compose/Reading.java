package io.rosbalena.compose;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import io.rosbalena.yaml.Position;
import io.rosbalena.yaml.YamlList;
import io.rosbalena.yaml.YamlMap;
import io.rosbalena.yaml.YamlNode;
import io.rosbalena.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Takes nodes as what a field wants them to be, and reports what they are not.
 *
 * @param service the service that is read; empty for the rest of the file
 */
record Reading(Findings findings, String service) {
    private static final Pattern GLUED = Pattern.compile("([A-Za-z_][A-Za-z0-9_.-]*):\\S.*", Pattern.DOTALL);

    /** Reports a finding at a node of the service. */
    void report(ComposeRule rule, Position at, String message, String fix) {
        Finding finding = rule.finding(at, message, fix);
        findings.add(service.isEmpty() ? finding : finding.inService(service));
    }

    /** Reports a value that a field does not take. */
    void wrong(YamlNode node, String field, String wanted, String example) {
        if (Interpolation.isRefused(node)) {
            return;
        }
        String fix = "write " + example;
        if (node instanceof YamlScalar scalar && scalar.plain()) {
            var glued = GLUED.matcher(scalar.text());
            if (glued.matches() && !wanted.startsWith("a text")) {
                fix = "write a blank after the colon: " + glued.group(1) + ": …";
            }
        }
        report(ComposeRule.WRONG_VALUE, node.position(), field + " wants " + wanted + ", not " + node.describe(), fix);
    }

    Optional<YamlMap> map(YamlNode node, String field, String example) {
        if (node instanceof YamlMap map) {
            return Optional.of(map);
        }
        if (!(node instanceof YamlScalar scalar && scalar.isNull())) {
            wrong(node, field, "a mapping", example);
            return Optional.empty();
        }
        return Optional.of(YamlMap.empty(node.position()));
    }

    Optional<String> text(YamlNode node, String field, String example) {
        if (node instanceof YamlScalar scalar && !scalar.isNull()) {
            return Optional.of(scalar.text());
        }
        wrong(node, field, "a text", example);
        return Optional.empty();
    }

    /** The texts of a list, or the one text that stands in its place. */
    List<YamlScalar> scalars(YamlNode node, String field, String example) {
        List<YamlScalar> scalars = new ArrayList<>();
        List<YamlNode> items = node instanceof YamlList list ? list.items() : List.of(node);
        for (YamlNode item : items) {
            if (item instanceof YamlScalar scalar && !scalar.isNull()) {
                scalars.add(scalar);
            } else if (node instanceof YamlList || !(item instanceof YamlScalar)) {
                wrong(item, field, "a text or a list of texts", example);
            }
        }
        return scalars;
    }
}
