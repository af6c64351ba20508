package io.rosbalena.compose;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A network in which each service has an address that can be written down. Fast DDS needs that: it looks up the names of
 * its peers when it starts, and one that is not known yet costs it all of them ({@code XMLParser}, seen with 2.9), or the
 * node does not start at all ({@code create_participant} of {@code rmw_fastrtps}).
 */
final class FixedNetwork {
    private static final String NAME = "dds";
    private static final String ADDRESS = "ipv4_address";

    /** For measurements between networks (RFC 2544), so that no network that a robot is in has it. */
    private static final String PREFIX = "198.18.213.";

    private static final Pattern SUBNET = Pattern.compile("(\\d+\\.\\d+\\.\\d+\\.)0/24");

    /** The first address of a subnet is its gateway. */
    private static final int FIRST = 2;

    private static final int LAST = 254;

    private FixedNetwork() {}

    /**
     * The model with these services in the network, besides those that they are in. A network {@code dds} that the file
     * declares with a subnet {@code A.B.C.0/24} gives the addresses.
     */
    static ComposeModel join(ComposeModel model, SortedSet<String> services) {
        Optional<String> stated = prefix(model);
        String prefix = stated.orElse(PREFIX);
        SortedMap<String, FieldValue.Mapping> networks = new TreeMap<>(model.networks());
        if (stated.isEmpty()) {
            networks.put(NAME, declared());
        }
        List<String> order = new ArrayList<>(services);
        if (order.size() > LAST - FIRST + 1) {
            return model;
        }
        return new ComposeModel(
                model.map(service -> order.contains(service.name())
                                ? in(service, prefix + (FIRST + order.indexOf(service.name())))
                                : service)
                        .services(),
                networks,
                model.volumes(),
                model.extension(),
                model.variables());
    }

    /** The addresses of the services in the network, by name; empty if there is no such network. */
    static SortedMap<String, String> addresses(ComposeModel model) {
        SortedMap<String, String> addresses = new TreeMap<>();
        model.services().forEach((name, service) -> {
            if (service.fields().get("networks") instanceof FieldValue.Mapping networks
                    && networks.members().get(NAME) instanceof FieldValue.Mapping fixed
                    && fixed.members().get(ADDRESS) instanceof FieldValue.Text address) {
                addresses.put(name, address.text());
            }
        });
        return addresses;
    }

    private static FieldValue.Mapping declared() {
        SortedMap<String, FieldValue> config = new TreeMap<>();
        config.put("subnet", new FieldValue.Text(PREFIX + "0/24"));
        config.put("gateway", new FieldValue.Text(PREFIX + "1"));
        SortedMap<String, FieldValue> ipam = new TreeMap<>();
        ipam.put("config", new FieldValue.Sequence(List.of(new FieldValue.Mapping(config))));
        return new FieldValue.Mapping(new TreeMap<>(Map.of("ipam", new FieldValue.Mapping(ipam))));
    }

    private static Optional<String> prefix(ComposeModel model) {
        FieldValue.Mapping network = model.networks().get(NAME);
        if (network != null
                && network.members().get("ipam") instanceof FieldValue.Mapping ipam
                && ipam.members().get("config") instanceof FieldValue.Sequence configs
                && configs.items().size() == 1
                && configs.items().get(0) instanceof FieldValue.Mapping config
                && config.members().get("subnet") instanceof FieldValue.Text subnet) {
            Matcher matcher = SUBNET.matcher(subnet.text());
            return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
        }
        return Optional.empty();
    }

    private static Service in(Service service, String address) {
        SortedMap<String, FieldValue> networks = new TreeMap<>();
        if (service.fields().get("networks") instanceof FieldValue.Mapping stated) {
            networks.putAll(stated.members());
        } else {
            networks.put("default", new FieldValue.Mapping(new TreeMap<>()));
        }
        SortedMap<String, FieldValue> fixed = new TreeMap<>();
        if (networks.get(NAME) instanceof FieldValue.Mapping own) {
            fixed.putAll(own.members());
        }
        fixed.putIfAbsent(ADDRESS, new FieldValue.Text(address));
        networks.put(NAME, new FieldValue.Mapping(fixed));
        return service.with("networks", new FieldValue.Mapping(networks));
    }
}
