package io.rosbalena.apt.index;

import io.rosbalena.apt.source.Keyring;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where archives can be had as they were. An archive is known by what its signed Release file says, never by its host.
 *
 * @param addresses by {@code Label} or {@code Origin}: an address with {@code {stamp}} or {@code {date}} in it
 * @param rosDistro the ROS distribution, for addresses with {@code {distro}}
 * @param keyring who may sign snapshots besides those who sign the archives
 * @param date the moment that the user asks for; empty: archives as they are now
 */
public record Snapshots(Map<String, String> addresses, String rosDistro, Keyring keyring, Optional<SnapshotDate> date) {
    /** No place, no date. */
    public static final Snapshots NONE = new Snapshots(Map.of(), "", Keyring.EMPTY, Optional.empty());

    private static final String KNOWN = "snapshots.txt";

    public Snapshots {
        addresses = Map.copyOf(addresses);
    }

    /**
     * Reads {@code NAME=ADDRESS} lines.
     *
     * @param refused gets what is wrong with those that are none, in words
     */
    public static Map<String, String> read(Collection<String> lines, List<String> refused) {
        Map<String, String> addresses = new TreeMap<>();
        for (String line : lines) {
            int equals = line.indexOf('=');
            String address = equals < 0 ? "" : line.substring(equals + 1).strip();
            if (equals <= 0 || uri(fill(address, "", "", "", "")).isEmpty()) {
                refused.add("\"" + line + "\" is not of the form ORIGIN=http://ADDRESS");
            } else if (!address.contains("{stamp}") && !address.contains("{date}")) {
                refused.add("the address of " + line.substring(0, equals) + " has neither {stamp} nor {date} in it");
            } else {
                addresses.put(line.substring(0, equals).strip(), address);
            }
        }
        return addresses;
    }

    /** The addresses that everybody knows. */
    public static Map<String, String> known() {
        try (InputStream in = Snapshots.class.getResourceAsStream(KNOWN)) {
            if (in == null) {
                throw new IllegalStateException(KNOWN + " is missing");
            }
            List<String> refused = new ArrayList<>();
            Map<String, String> known = read(
                    new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .filter(line -> !line.startsWith("#"))
                            .toList(),
                    refused);
            if (!refused.isEmpty()) {
                throw new IllegalStateException(String.join("; ", refused));
            }
            return known;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The operating system that archives of these origins are of, in the words of addresses; empty if none tells. */
    public static String os(Collection<String> origins) {
        return List.of("ubuntu", "debian").stream()
                .filter(os -> origins.stream().anyMatch(os::equalsIgnoreCase))
                .findFirst()
                .orElse("");
    }

    /**
     * The root of an archive at a moment.
     *
     * @param origin of its Release file
     * @param label of its Release file; its address comes before that of the origin
     * @param os as {@link #os} gives it
     * @return empty if no address is known
     */
    public Optional<URI> root(String origin, String label, String os, SnapshotDate moment) {
        return Optional.ofNullable(addresses.getOrDefault(label, addresses.get(origin)))
                .filter(address -> !os.isEmpty() || !address.contains("{os}"))
                .flatMap(address -> uri(fill(address, moment.stamp(), moment.day(), rosDistro, os)));
    }

    /** Whether an archive's snapshots are of days, not of moments: a service may make one later on its day. */
    boolean isOfDays(String origin, String label) {
        return !addresses
                .getOrDefault(label, addresses.getOrDefault(origin, ""))
                .contains("{stamp}");
    }

    private static String fill(String address, String stamp, String day, String distro, String os) {
        return address.replace("{stamp}", stamp)
                .replace("{date}", day)
                .replace("{distro}", distro)
                .replace("{os}", os);
    }

    private static Optional<URI> uri(String text) {
        try {
            URI uri = new URI(text.endsWith("/") ? text : text + "/");
            return Optional.of(uri)
                    .filter(one -> one.getScheme() != null && one.getScheme().matches("https?|file"));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
