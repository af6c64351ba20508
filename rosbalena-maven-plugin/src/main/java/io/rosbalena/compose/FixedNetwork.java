package io.rosbalena.compose;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    /** Its name where the file has a network of that name with something else. */
    private static final String OTHER_NAME = "dds-fixed";

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
     * declares with a subnet {@code A.B.C.0/24} gives the addresses; any other network stays as it is. Addresses that
     * somebody states are theirs.
     */
    static ComposeModel join(ComposeModel model, SortedSet<String> services) {
        Optional<String> stated = prefix(model);
        boolean free = stated.isPresent() || !model.networks().containsKey(NAME);
        String network = free ? NAME : OTHER_NAME;
        String prefix = stated.orElse(PREFIX);
        SortedMap<String, FieldValue.Mapping> networks = new TreeMap<>(model.networks());
        if (stated.isEmpty()) {
            networks.put(network, declared());
        }
        Set<String> taken = stated(model, network);
        SortedMap<String, String> addresses = new TreeMap<>();
        int next = FIRST;
        for (String service : services) {
            while (next <= LAST && taken.contains(prefix + next)) {
                next++;
            }
            if (next > LAST) {
                throw new IllegalArgumentException("more services than addresses in " + prefix + "0/24");
            }
            addresses.put(service, prefix + next++);
        }
        return new ComposeModel(
                model.map(service -> {
                            String address = addresses.get(service.name());
                            return address == null ? service : in(service, network, address);
                        })
                        .services(),
                networks,
                model.volumes(),
                model.extension(),
                model.variables());
    }

    /** The addresses of the services in the network, by name; empty if there is no such network. */
    static SortedMap<String, String> addresses(ComposeModel model) {
        SortedMap<String, String> addresses = new TreeMap<>();
        String network = model.networks().containsKey(OTHER_NAME) ? OTHER_NAME : NAME;
        model.services().forEach((name, service) -> address(service, network).ifPresent(it -> addresses.put(name, it)));
        return addresses;
    }

    private static Optional<String> address(Service service, String network) {
        return service.fields().get("networks") instanceof FieldValue.Mapping networks
                        && networks.members().get(network) instanceof FieldValue.Mapping fixed
                        && fixed.members().get(ADDRESS) instanceof FieldValue.Text address
                ? Optional.of(address.text())
                : Optional.empty();
    }

    private static Set<String> stated(ComposeModel model, String network) {
        Set<String> stated = new HashSet<>();
        model.services().values().forEach(service -> address(service, network).ifPresent(stated::add));
        return stated;
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

    private static Service in(Service service, String network, String address) {
        SortedMap<String, FieldValue> networks = new TreeMap<>();
        if (service.fields().get("networks") instanceof FieldValue.Mapping stated) {
            networks.putAll(stated.members());
        } else {
            networks.put("default", new FieldValue.Mapping(new TreeMap<>()));
        }
        SortedMap<String, FieldValue> fixed = new TreeMap<>();
        if (networks.get(network) instanceof FieldValue.Mapping own) {
            fixed.putAll(own.members());
        }
        fixed.putIfAbsent(ADDRESS, new FieldValue.Text(address));
        networks.put(network, new FieldValue.Mapping(fixed));
        return service.with("networks", new FieldValue.Mapping(networks));
    }
}
