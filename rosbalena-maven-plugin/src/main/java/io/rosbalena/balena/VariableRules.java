package io.rosbalena.balena;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import io.rosbalena.json.JsonValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a server says of names and values of variables, {@code GET /config/vars}.
 *
 * @param reserved names that nobody may use
 * @param blocked configuration that is set by other means
 * @param allowed configuration that the server knows
 * @param namespaces of configuration that is taken as it is
 * @param schema what values of configuration may be
 */
public record VariableRules(
        Set<String> reserved,
        Set<String> blocked,
        Set<String> allowed,
        List<String> namespaces,
        Map<String, JsonValue> schema) {

    public VariableRules {
        reserved = Set.copyOf(reserved);
        blocked = Set.copyOf(blocked);
        allowed = Set.copyOf(allowed);
        namespaces = List.copyOf(namespaces);
        schema = Map.copyOf(schema);
    }

    /** Asks the server. */
    public static VariableRules of(BalenaApi api) throws IOException {
        JsonValue said = api.document("/config/vars");
        return new VariableRules(
                Set.copyOf(said.get("reservedNames").strings()),
                Set.copyOf(said.get("blackListedNames").strings()),
                Set.copyOf(said.get("whiteListedNames").strings()),
                said.get("whiteListedNamespaces").strings(),
                said.get("configVarSchema").get("properties").members());
    }

    /** Tells what the server would refuse or not understand. */
    public void check(FleetVariable variable, Optional<String> value, Findings findings) throws IOException {
        String name = variable.name();
        if (reserved.contains(name) || blocked.contains(name)) {
            findings.add(variable.place()
                    .place(Finding.error("RB642", "the server keeps " + name + " for itself")
                            .fix("choose another name")));
        } else if (variable.isConfiguration()
                && !allowed.contains(name)
                && !schema.containsKey(name)
                && namespaces.stream().noneMatch(name::startsWith)) {
            findings.add(variable.place()
                    .place(Finding.warning(
                                    "RB644", "the server does not list " + name + " among what configures devices")
                            .fix("see that its name is right; the server takes it, and the device may not know it")));
        }
        JsonValue rule = schema.get(name);
        if (rule != null && value.isPresent() && !fits(rule, value.get())) {
            findings.add(variable.place()
                    .place(Finding.error("RB641", name + " wants " + wanted(rule))
                            .fix("correct its default")));
        }
    }

    private static boolean fits(JsonValue rule, String value) throws IOException {
        Optional<JsonValue> choices = rule.find("enum");
        if (choices.isPresent()) {
            return texts(choices.get()).contains(value);
        }
        Optional<JsonValue> type = rule.find("type");
        if (type.isEmpty() || !type.get().string().equals("integer")) {
            return true;
        }
        if (!value.matches("-?[0-9]{1,18}")) {
            return false;
        }
        long number = Long.parseLong(value);
        Optional<JsonValue> least = rule.find("minimum");
        Optional<JsonValue> most = rule.find("maximum");
        return (least.isEmpty() || number >= least.get().number())
                && (most.isEmpty() || number <= most.get().number());
    }

    private static String wanted(JsonValue rule) throws IOException {
        Optional<JsonValue> choices = rule.find("enum");
        if (choices.isPresent()) {
            return "one of " + String.join(", ", texts(choices.get()));
        }
        Optional<JsonValue> least = rule.find("minimum");
        Optional<JsonValue> most = rule.find("maximum");
        return "an integer"
                + (least.isPresent() ? " from " + least.get().number() : "")
                + (most.isPresent() ? " to " + most.get().number() : "");
    }

    /** The server writes some choices as numbers. */
    private static List<String> texts(JsonValue list) throws IOException {
        List<String> texts = new ArrayList<>();
        for (JsonValue item : list.items()) {
            texts.add(String.valueOf(item.raw()));
        }
        return texts;
    }
}
