package io.rosbalena.lint.hardware;

import io.rosbalena.compose.HardwareWord;
import io.rosbalena.compose.ProjectExtension;
import io.rosbalena.compose.Service;
import io.rosbalena.lint.DeviceType;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a service needs of the device, by its words.
 *
 * @param service the service
 * @param known what is known of a word on the robot's device types
 * @param unknown words of which nothing is known there
 */
public record HardwareNeeds(
        Service service, SortedMap<HardwareWord, HardwareAccess> known, SortedSet<HardwareWord> unknown) {
    /** Where who is not a plain user is one of these. */
    private static final String ROOT = "(?:root|0)(?::.*)?";

    public HardwareNeeds {
        known = Collections.unmodifiableSortedMap(new TreeMap<>(known));
        unknown = Collections.unmodifiableSortedSet(new TreeSet<>(unknown));
    }

    /**
     * Those of a service.
     *
     * @param ros whether the words of the whole robot are about it
     */
    public static HardwareNeeds of(Service service, ProjectExtension project, boolean ros, List<DeviceType> types) {
        SortedMap<HardwareWord, HardwareAccess> known = new TreeMap<>();
        SortedSet<HardwareWord> unknown = new TreeSet<>();
        Stream.concat(service.extension().hardware().stream(), (ros ? project.hardware() : List.<String>of()).stream())
                .distinct()
                .flatMap(word -> HardwareWord.find(word).stream())
                .forEach(word -> {
                    Optional<HardwareAccess> access = HardwareAccess.of(word, types);
                    access.ifPresentOrElse(value -> known.put(word, value), () -> unknown.add(word));
                });
        return new HardwareNeeds(service, known, unknown);
    }

    /** Whether the service has words at all. */
    public boolean isEmpty() {
        return known.isEmpty() && unknown.isEmpty();
    }

    /** Whether the service runs as root. */
    boolean isRoot() {
        return service.text("user").filter(user -> !user.matches(ROOT)).isEmpty();
    }

    /** Whether the service says itself which network it is in. */
    boolean hasNetwork() {
        return Set.of("network_mode", "networks", "ports").stream().anyMatch(service.fields()::containsKey);
    }

    /** Whether the service names a device of a kind itself; what it says about that is all that is said. */
    boolean names(HardwareWord word) {
        return service.devices().stream().anyMatch(device -> word.isOne(device.source()));
    }

    /** What the known words become, as the manifest writes it. */
    public List<String> fields() {
        return known.values().stream()
                .flatMap(access -> access.fields(isRoot()))
                .distinct()
                .toList();
    }

    /** Words with which the service does not work yet: which device it is, it must say itself. */
    public List<HardwareWord> open() {
        Stream<HardwareWord> unnamed = known.entrySet().stream()
                .filter(word -> !word.getValue().isWhole())
                .map(word -> word.getKey());
        return Stream.concat(unknown.stream(), unnamed)
                .filter(word -> !names(word) && !service.flag("privileged"))
                .sorted()
                .toList();
    }

    /** Words that only the host's network reaches, where the service is in another one. */
    public List<HardwareWord> cutOff() {
        boolean onHost = service.text("network_mode").filter("host"::equals).isPresent();
        return known.entrySet().stream()
                .filter(word -> word.getValue().onHost() && !onHost)
                .map(word -> word.getKey())
                .toList();
    }
}
