package io.rosbalena.balena;

import io.rosbalena.balena.FleetVariable.Scope;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import io.rosbalena.yaml.Position;
import io.rosbalena.yaml.YamlList;
import io.rosbalena.yaml.YamlMap;
import io.rosbalena.yaml.YamlNode;
import io.rosbalena.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads descriptions of variables, and tells all that is wrong with them. */
final class VariableReader {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern CONFIGURATION = Pattern.compile("[A-Za-z_][A-Za-z0-9_:]*");

    /** What the API reserves; {@code GET /config/vars} of balenaCloud says so. */
    private static final Set<String> RESERVED = Set.of("RESIN", "BALENA", "USER");

    private static final Set<String> FIELDS =
            Set.of("name", "type", "default", "description", "secret", "scope", "services");

    private final Findings findings;
    private final Set<String> seen = new HashSet<>();

    VariableReader(Findings findings) {
        this.findings = findings;
    }

    List<FleetVariable> variables(YamlNode root) {
        if (!(root instanceof YamlMap map) || !(map.find("variables").orElse(root) instanceof YamlList list)) {
            wrong(root.position(), "the file wants variables: and a list", "write variables: [{name: ROS_DOMAIN_ID}]");
            return List.of();
        }
        map.members().forEach((key, member) -> {
            if (!key.equals("variables")) {
                wrong(member.key(), "there is no " + key + " here", "write variables: alone");
            }
        });
        List<FleetVariable> variables = new ArrayList<>();
        for (YamlNode item : list.items()) {
            if (item instanceof YamlMap one) {
                variable(one).ifPresent(variables::add);
            } else {
                wrong(
                        item.position(),
                        "a variable is a mapping, not " + item.describe(),
                        "write - name: ROS_DOMAIN_ID");
            }
        }
        return variables;
    }

    private Optional<FleetVariable> variable(YamlMap map) {
        map.members().forEach((key, member) -> {
            if (!FIELDS.contains(key)) {
                wrong(
                        member.key(),
                        "variables have no " + key,
                        "choose from name, type, default, description, secret," + " scope, services");
            }
        });
        String name = text(map, "name").orElse("");
        Position place = map.place("name");
        if (name.isEmpty()) {
            wrong(map.position(), "a variable needs a name", "write name: ROS_DOMAIN_ID");
            return Optional.empty();
        }
        ValueType type = type(map);
        boolean secret = flag(map, "secret");
        List<String> services = services(map);
        Scope scope = scope(map, services);
        Optional<String> preset = preset(map, name, type, secret);
        checkName(name, place, services);
        if (scope == Scope.SERVICE && services.isEmpty()) {
            wrong(map.place("scope"), name + " is for services, and none is named", "write services: [talker]");
        }
        if (scope != Scope.DEVICE && preset.isEmpty() && !secret) {
            wrong(place, name + " has no value", "write default: VALUE, or secret: true, or scope: device");
        }
        for (String service : services.isEmpty() ? List.of("") : services) {
            if (!seen.add(scope + " " + service + " " + name)) {
                wrong(place, name + " is described twice" + (service.isEmpty() ? "" : " for " + service), "remove one");
            }
        }
        return Optional.of(new FleetVariable(
                name, type, preset, text(map, "description").orElse(""), secret, scope, services, place));
    }

    private void checkName(String name, Position place, List<String> services) {
        boolean configuration = FleetVariable.isConfiguration(name);
        if (!(configuration ? CONFIGURATION : NAME).matcher(name).matches()) {
            findings.add(place.place(Finding.error("RB642", "\"" + name + "\" is no name of a variable")
                    .fix("use letters, digits and underscores, a letter first")));
        } else if (RESERVED.contains(name)) {
            findings.add(place.place(Finding.error("RB642", "balena keeps the name " + name + " for itself")
                    .fix("choose another name")));
        } else if (configuration && !services.isEmpty()) {
            findings.add(place.place(Finding.error("RB642", name + " configures the device, and no service sees it")
                    .fix("leave services out, or choose a name that begins neither with BALENA_ nor with RESIN_")));
        }
    }

    private ValueType type(YamlMap map) {
        Optional<YamlNode> node = map.find("type");
        if (node.isEmpty()) {
            return ValueType.TEXT;
        }
        if (node.get() instanceof YamlList list) {
            return ValueType.oneOf(texts(list));
        }
        Optional<ValueType> type =
                node.get() instanceof YamlScalar scalar ? ValueType.named(scalar.text()) : Optional.empty();
        if (type.isEmpty()) {
            wrong(
                    node.get().position(),
                    node.get().describe() + " is no type",
                    "choose from text, integer, number,"
                            + " boolean, or list the values that it may have: [debug, info]");
        }
        return type.orElse(ValueType.TEXT);
    }

    private Optional<String> preset(YamlMap map, String name, ValueType type, boolean secret) {
        Optional<String> preset = text(map, "default");
        if (preset.isPresent() && secret) {
            findings.add(map.place("default")
                    .place(Finding.error(
                                    "RB643", name + " is secret, and its value stands in a file that is checked in")
                            .fix(
                                    "remove it here and from the history, and have the secret replaced; env takes the value"
                                            + " from the environment or from .env")));
            return Optional.empty();
        }
        if (preset.isPresent() && !type.takes(preset.get())) {
            wrong(map.place("default"), name + " wants " + type.name(), "correct default or type");
        }
        return preset;
    }

    private List<String> services(YamlMap map) {
        return map.find("services")
                .map(node -> {
                    if (node instanceof YamlList list) {
                        return texts(list);
                    }
                    wrong(node.position(), "services is a list, not " + node.describe(), "write services: [talker]");
                    return List.<String>of();
                })
                .orElse(List.of());
    }

    private Scope scope(YamlMap map, List<String> services) {
        String word = text(map, "scope").orElse(services.isEmpty() ? "fleet" : "service");
        switch (word.toLowerCase(Locale.ROOT)) {
            case "fleet" -> {
                if (!services.isEmpty()) {
                    wrong(map.place("scope"), "a variable of the fleet is for all services", "write scope: service");
                }
                return Scope.FLEET;
            }
            case "service" -> {
                return Scope.SERVICE;
            }
            case "device" -> {
                return Scope.DEVICE;
            }
            default -> {
                wrong(map.place("scope"), "\"" + word + "\" is no scope", "choose from fleet, service, device");
                return Scope.FLEET;
            }
        }
    }

    private boolean flag(YamlMap map, String field) {
        Optional<YamlNode> node = map.find(field);
        if (node.isEmpty()) {
            return false;
        }
        Optional<Boolean> truth = node.get() instanceof YamlScalar scalar ? scalar.truth() : Optional.empty();
        if (truth.isEmpty()) {
            wrong(node.get().position(), field + " is true or false", "write " + field + ": true");
        }
        return truth.orElse(true);
    }

    private Optional<String> text(YamlMap map, String field) {
        Optional<YamlNode> node = map.find(field);
        if (node.isEmpty()) {
            return Optional.empty();
        }
        if (node.get() instanceof YamlScalar scalar && !scalar.isNull()) {
            return Optional.of(scalar.text());
        }
        wrong(node.get().position(), field + " is a text, not " + node.get().describe(), "write " + field + ": TEXT");
        return Optional.empty();
    }

    private List<String> texts(YamlList list) {
        List<String> texts = new ArrayList<>();
        for (YamlNode item : list.items()) {
            if (item instanceof YamlScalar scalar && !scalar.isNull()) {
                texts.add(scalar.text());
            } else {
                wrong(item.position(), "a text is wanted here, not " + item.describe(), "write a text");
            }
        }
        return texts;
    }

    private void wrong(Position place, String message, String fix) {
        findings.add(place.place(Finding.error("RB641", message).fix(fix)));
    }
}
