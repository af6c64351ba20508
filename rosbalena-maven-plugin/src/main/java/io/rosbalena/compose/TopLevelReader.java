package io.rosbalena.compose;

import io.rosbalena.yaml.YamlList;
import io.rosbalena.yaml.YamlMap;
import io.rosbalena.yaml.YamlNode;
import io.rosbalena.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads what a compose file declares beside its services. */
final class TopLevelReader {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9._-]{0,62}");
    private static final Set<String> KNOWN = Set.of("version", "name", "services", "networks", "volumes");
    private static final Pattern VERSION_2 = Pattern.compile("2(\\.[0-4])?");
    private static final Set<String> DRIVERS = Set.of("", "bridge", "local", "default");

    private final Reading reading;

    TopLevelReader(Reading reading) {
        this.reading = reading;
    }

    /** Reports keys that a compose file does not have, or that balena refuses. */
    void keys(YamlMap root) {
        root.members().forEach((key, member) -> {
            if (key.equals("secrets") || key.equals("configs")) {
                reading.report(
                        ComposeRule.REFUSED_FIELD,
                        member.key(),
                        "balena refuses " + key,
                        key.equals("secrets")
                                ? "use variables of the fleet or the device"
                                : "put files into the image with x-rosbalena.files");
            } else if (key.equals("version")) {
                version(member.value());
            } else if (key.equals("include")) {
                reading.report(
                        ComposeRule.REFUSED_FIELD,
                        member.key(),
                        "include is not followed",
                        "use extends: {file: …, service: …} for each service");
            } else if (!KNOWN.contains(key) && !key.startsWith("x-")) {
                reading.report(
                        ComposeRule.UNKNOWN_FIELD,
                        member.key(),
                        "compose has no key " + key + " at the top level",
                        "is it indented too little? Services stand below services:");
            }
        });
    }

    /** Balena's command line up to 24 refuses other versions; from 25 on it ignores what is stated. */
    private void version(YamlNode node) {
        reading.text(node, "version", "version: \"2.4\"")
                .filter(version -> !VERSION_2.matcher(version).matches())
                .ifPresent(version -> reading.report(
                        ComposeRule.CHANGED_VALUE,
                        node.position(),
                        "version " + version + " becomes 2.4, which all of balena's tools take",
                        "write version: \"2.4\", or nothing"));
    }

    /** A name that balena takes for a service, volume or network. */
    boolean name(String what, String name, YamlMap.Member member) {
        if (NAME.matcher(name).matches()) {
            return true;
        }
        reading.report(
                ComposeRule.NAME,
                member.key(),
                "\"" + name + "\" is no name of a " + what,
                "use up to 63 letters, digits, dots, dashes and underscores, a letter or digit first");
        return false;
    }

    /** The declared volumes. */
    SortedSet<String> volumes(Optional<YamlNode> node) {
        SortedSet<String> volumes = new TreeSet<>();
        node.flatMap(value -> reading.map(value, "volumes", "volumes: {data: {}}"))
                .ifPresent(map -> map.members().forEach((name, member) -> {
                    if (name("volume", name, member)) {
                        volumes.add(name);
                    }
                    reading.map(member.value(), "volume " + name, name + ": {}")
                            .ifPresent(options ->
                                    options.members().forEach((key, option) -> volumeOption(name, key, option)));
                }));
        return volumes;
    }

    private void volumeOption(String volume, String key, YamlMap.Member option) {
        boolean harmless = (key.equals("driver") && DRIVERS.contains(text(option.value())))
                || (key.equals("external") && text(option.value()).equals("false"))
                || (option.value() instanceof YamlMap map && map.members().isEmpty());
        if (harmless || key.startsWith("x-")) {
            return;
        }
        boolean meaningless = key.equals("labels") || key.equals("name");
        reading.report(
                meaningless ? ComposeRule.DROPPED_FIELD : ComposeRule.VOLUME_FORM,
                option.key(),
                key + " of the volume " + volume
                        + (meaningless ? " has no effect on balena" : " is refused: volumes are local and plain"),
                "write " + volume + ": {}");
    }

    /** The declared networks with what balena takes of them. */
    SortedMap<String, FieldValue.Mapping> networks(Optional<YamlNode> node) {
        SortedMap<String, FieldValue.Mapping> networks = new TreeMap<>();
        node.flatMap(value -> reading.map(value, "networks", "networks: {lan: {}}"))
                .ifPresent(map -> map.members().forEach((name, member) -> {
                    name("network", name, member);
                    SortedMap<String, FieldValue> fields = new TreeMap<>();
                    reading.map(member.value(), "network " + name, name + ": {}")
                            .ifPresent(options -> options.members()
                                    .forEach((key, option) -> networkOption(name, key, option, fields)));
                    networks.put(name, new FieldValue.Mapping(fields));
                }));
        return networks;
    }

    private void networkOption(
            String network, String key, YamlMap.Member option, SortedMap<String, FieldValue> fields) {
        boolean harmless = (key.equals("driver") && DRIVERS.contains(text(option.value())))
                || (text(option.value()).equals("false") && !key.equals("enable_ipv4"))
                || (option.value() instanceof YamlMap map && map.members().isEmpty());
        if (harmless || key.startsWith("x-")) {
            return;
        }
        switch (key) {
            case "internal" ->
                ScalarTypes.FLAG.read(key, option.value(), reading).ifPresent(value -> fields.put(key, value));
            case "ipam" -> subnets(network, option.value()).ifPresent(value -> fields.put(key, value));
            case "labels", "name" ->
                reading.report(
                        ComposeRule.DROPPED_FIELD,
                        option.key(),
                        key + " of the network " + network + " has no effect on balena",
                        "remove it");
            default ->
                reading.report(
                        ComposeRule.NETWORK,
                        option.key(),
                        "balena takes no " + key + " of a network",
                        "use ipam with subnet and gateway, or internal: true");
        }
    }

    private Optional<FieldValue> subnets(String network, YamlNode node) {
        List<FieldValue> subnets = new ArrayList<>();
        Optional<YamlMap> ipam =
                reading.map(node, "ipam", "ipam: {config: [{subnet: 172.28.0.0/16, gateway: 172.28.0.1}]}");
        List<YamlNode> items = ipam.flatMap(map -> map.find("config"))
                .map(config -> config instanceof YamlList list ? list.items() : List.of(config))
                .orElse(List.of());
        for (YamlNode item : items) {
            SortedMap<String, FieldValue> members = new TreeMap<>();
            if (item instanceof YamlMap map) {
                map.members().forEach((key, member) -> {
                    if (Set.of("subnet", "gateway", "ip_range").contains(key)) {
                        ScalarTypes.TEXT.read(key, member.value(), reading).ifPresent(value -> members.put(key, value));
                    } else {
                        reading.report(
                                ComposeRule.NETWORK, member.key(), "balena takes no " + key + " in ipam", "remove it");
                    }
                });
            }
            if (members.containsKey("subnet") && members.containsKey("gateway")) {
                subnets.add(new FieldValue.Mapping(members));
            } else {
                reading.report(
                        ComposeRule.NETWORK,
                        item.position(),
                        "the Supervisor takes ipam of the network " + network + " only with subnet and gateway",
                        "write {subnet: 172.28.0.0/16, gateway: 172.28.0.1}");
            }
        }
        SortedMap<String, FieldValue> members = new TreeMap<>();
        members.put("config", new FieldValue.Sequence(subnets));
        return subnets.isEmpty() ? Optional.empty() : Optional.of(new FieldValue.Mapping(members));
    }

    private static String text(YamlNode node) {
        return node instanceof YamlScalar scalar ? scalar.text() : "?";
    }
}
