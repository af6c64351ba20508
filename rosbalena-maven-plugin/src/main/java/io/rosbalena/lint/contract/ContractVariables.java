package io.rosbalena.lint.contract;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import io.rosbalena.lint.rules.LintRule;
import io.rosbalena.lint.rules.Secrets;
import io.rosbalena.yaml.Position;
import io.rosbalena.yaml.YamlList;
import io.rosbalena.yaml.YamlMap;
import io.rosbalena.yaml.YamlNode;
import io.rosbalena.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Variables that a fleet gets from a contract: for its services, or for the configuration of its devices. */
final class ContractVariables {
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern CONFIGURES = Pattern.compile("(BALENA|RESIN)_.*");

    private final String field;
    private final boolean configure;
    private final Findings findings;

    /** @param configure whether they configure devices */
    ContractVariables(String field, boolean configure, Findings findings) {
        this.field = field;
        this.configure = configure;
        this.findings = findings;
    }

    /** As balena documents it a list of mappings with one member each; a mapping is brought into that form. */
    List<Object> read(YamlNode node) {
        Map<String, YamlMap.Member> all = new LinkedHashMap<>();
        List<YamlNode> items = node instanceof YamlList list ? list.items() : List.of(node);
        for (YamlNode item : items) {
            if (item instanceof YamlMap map) {
                map.members().forEach((name, member) -> {
                    if (all.putIfAbsent(name, member) != null) {
                        findings.add(ContractRule.VARIABLE.finding(
                                member.key(), "the variable " + name + " stands here twice", "keep one of them"));
                    }
                });
            } else if (!(item instanceof YamlScalar scalar && scalar.isNull())) {
                // What stands there may be a secret.
                form(item, "a text stands where " + field + " has a variable", "write - NAME: value");
            }
        }
        List<Object> variables = new ArrayList<>();
        all.forEach((name, member) -> {
            name(name, member.key());
            if (member.value() instanceof YamlScalar value) {
                secret(name, value.text(), member.key());
                variables.add(Map.of(name, value.isNull() ? "" : value.text()));
            } else {
                form(member.value(), "the value of " + name + " is no text", "write " + name + ": value");
            }
        });
        return variables;
    }

    /** Which names are which, as {@code GET /config/vars} tells it. */
    private void name(String name, Position key) {
        boolean configures = CONFIGURES.matcher(name).matches();
        if (!VARIABLE.matcher(name).matches()) {
            findings.add(ContractRule.VARIABLE.finding(
                    key,
                    "no variable can be called " + name,
                    "letters, digits and underscores, no digit at the beginning"));
        } else if (configures != configure) {
            findings.add(ContractRule.VARIABLE.finding(
                    key,
                    configures
                            ? name + " configures the device; names with BALENA_ or RESIN_ are kept from services"
                            : name + " does not configure a device: such names begin with BALENA_ or RESIN_",
                    "move it to data."
                            + (configures ? "applicationConfigVariables" : "applicationEnvironmentVariables")));
        }
    }

    private void secret(String name, String value, Position key) {
        if (Secrets.isSecret(value)) {
            findings.add(key.place(Finding.error(
                            LintRule.SECRET.id(),
                            "the value of " + name
                                    + " holds a key, a token or a password, and the contract is published with the"
                                    + " release")
                    .fix(
                            "take it out, have it replaced where it is valid, and set the new one as a variable of the fleet"
                                    + " or the device")));
        } else if (Secrets.isLikely(name, value)) {
            findings.add(key.place(Finding.warning(
                            LintRule.LIKELY_SECRET.id(),
                            name + " looks like it holds a secret, and the contract is published with the release")
                    .fix("leave its value empty here, and set it as a variable of the fleet or the device")));
        }
    }

    private void form(YamlNode at, String message, String fix) {
        findings.add(ContractRule.FORM.finding(at.position(), message, fix));
    }
}
