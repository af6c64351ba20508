package io.rosbalena.apt.preference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Preferences applied to the indexes that there are (apt's {@code policy.cc}). */
public final class Policy {
    private static final int DEFAULT_RELEASE = 990;

    private final List<Pin> named;
    private final List<PackageFile> files;
    private final int[] priorities;
    private final String architecture;

    /**
     * Applies preferences.
     *
     * @param files the indexes; versions name them by their place in this list
     * @param architecture in Debian's words
     */
    public Policy(Preferences preferences, List<PackageFile> files, String architecture) {
        this.files = List.copyOf(files);
        this.architecture = architecture;
        this.named = preferences.pins().stream().filter(pin -> !pin.isGeneral()).toList();
        List<Pin> general = new ArrayList<>();
        preferences
                .defaultRelease()
                .flatMap(release -> PinMatch.parse("release " + release))
                .ifPresent(match -> general.add(new Pin(Optional.empty(), match, DEFAULT_RELEASE)));
        preferences.pins().stream().filter(Pin::isGeneral).forEach(general::add);
        // The first counts, except that what is never used is never used; the order is kept otherwise.
        general.sort(Comparator.comparing(pin -> pin.priority() != Pin.NEVER));
        this.priorities = this.files.stream()
                .mapToInt(file -> general.stream()
                        .filter(pin -> pin.match().matches(file))
                        .findFirst()
                        .map(Pin::priority)
                        .orElse(file.priority()))
                .toArray();
    }

    /**
     * The priority of a version; one that is not positive is never chosen.
     *
     * @param offering which indexes have it
     */
    public int priority(String name, String source, String version, List<Integer> offering) {
        List<PackageFile> indexes = offering.stream().map(files::get).toList();
        int ofIndexes = offering.stream().mapToInt(at -> priorities[at]).max().orElse(0);
        Optional<Pin> pin = named.stream()
                .filter(one -> one.name().orElseThrow().matches(name, source, architecture))
                .filter(one -> one.match().matches(version, indexes))
                .findFirst();
        // What comes from nowhere but indexes that are never used stays out, whatever a record says of its name.
        return pin.isPresent() && ofIndexes != Pin.NEVER ? pin.get().priority() : ofIndexes;
    }
}
