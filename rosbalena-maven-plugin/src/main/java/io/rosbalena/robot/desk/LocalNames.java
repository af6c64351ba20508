package io.rosbalena.robot.desk;

import io.rosbalena.store.Digest;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How services are named on a device in local mode.
 *
 * @param number of the service and of its image, from 1
 * @param repository of its image
 */
record LocalNames(int number, String repository) {
    /**
     * The names of services. They depend on a service's own name alone: its number becomes a label of the container
     * ({@code io.balena.service-id}), and a label that differs makes the Supervisor start the container anew. Numbers by
     * position, as balena's command line gives them, would restart all services behind one that is added.
     */
    static SortedMap<String, LocalNames> of(Collection<String> services) {
        SortedMap<String, LocalNames> names = new TreeMap<>();
        Set<Integer> taken = new HashSet<>();
        services.stream().sorted().forEach(service -> {
            int number = 1 + (int) (Long.parseLong(Digest.of(service).hex().substring(0, 8), 16) % 2_000_000_000L);
            while (!taken.add(number)) {
                number++;
            }
            names.put(service, new LocalNames(number, repository(service, number)));
        });
        return names;
    }

    /** As balena's command line has it; repositories have no capitals and no two separators in a row. */
    private static String repository(String service, int number) {
        String plain = service.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
        boolean same = service.matches("[a-z0-9]+(?:[._-][a-z0-9]+)*");
        return same ? "local_image_" + service : "local_image_" + plain.replaceAll("^_|_$", "") + "_" + number;
    }
}
