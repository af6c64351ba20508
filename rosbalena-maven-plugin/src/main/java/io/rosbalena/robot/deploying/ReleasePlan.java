package io.rosbalena.robot.deploying;

import io.rosbalena.balena.EarlierRelease;
import io.rosbalena.image.Descriptor;
import io.rosbalena.image.ImageManifest;
import io.rosbalena.robot.surroundings.ByteCount;
import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a release changes on a robot that runs an earlier one: what stays, what is fetched, what is started again. */
final class ReleasePlan {
    private final ReleaseContent content;
    private final Optional<EarlierRelease> earlier;
    private final Set<Digest> present;
    private final BlobStore store;

    /**
     * @param earlier what the robot runs
     * @param present blobs that the robot has for it
     */
    ReleasePlan(ReleaseContent content, Optional<EarlierRelease> earlier, Set<Digest> present, BlobStore store) {
        this.content = content;
        this.earlier = earlier;
        this.present = Set.copyOf(present);
        this.store = store;
    }

    /** A line for each service. */
    List<String> lines() throws IOException {
        List<String> lines = new ArrayList<>();
        Set<String> names = new TreeSet<>(content.images().keySet());
        earlier.ifPresent(release -> names.addAll(services(release).keySet()));
        int width = names.stream().mapToInt(String::length).max().orElse(0);
        Set<Digest> counted = new HashSet<>(present);
        long sum = 0;
        for (String name : names) {
            Digest image = content.images().get(name);
            long size = image == null ? 0 : fetched(image, counted);
            sum += size;
            lines.add(String.format(
                    Locale.ROOT,
                    "  %-" + Math.max(1, width) + "s  %s",
                    name,
                    image == null ? "removed" : what(name, image, size)));
        }
        lines.add("  a robot" + (earlier.isPresent() ? " on " + earlier.get().release() : " without a release")
                + " fetches " + ByteCount.show(sum) + " of compressed layers (less, where deltas are made)");
        return lines;
    }

    private String what(String name, Digest image, long size) {
        if (earlier.isEmpty() || !services(earlier.get()).containsKey(name)) {
            return "new: " + ByteCount.show(size) + " fetched, then started";
        }
        EarlierRelease.StoredImage before = earlier.get().images().get(name);
        if (before == null || !before.manifest().equals(image)) {
            return ByteCount.show(size) + " fetched, then restarted";
        }
        return sameWords(name) ? "unchanged" : "restarted with another configuration; nothing to fetch";
    }

    /** The image's own name in the composition says nothing that the robot looks at. */
    private boolean sameWords(String name) {
        Map<String, Object> now = new TreeMap<>(content.composition().service(name));
        now.remove("image");
        Object before = services(earlier.orElseThrow()).get(name);
        Map<String, Object> then = new TreeMap<>();
        if (before instanceof Map<?, ?> fields) {
            fields.forEach((field, value) -> then.put(String.valueOf(field), value));
        }
        then.remove("image");
        return now.equals(then);
    }

    private static Map<String, ?> services(EarlierRelease release) {
        Map<String, Object> services = new TreeMap<>();
        if (release.composition().get("services") instanceof Map<?, ?> map) {
            map.forEach((name, fields) -> services.put(String.valueOf(name), fields));
        }
        return services;
    }

    /** Layers that several services share are fetched once. */
    private long fetched(Digest image, Set<Digest> counted) throws IOException {
        long size = 0;
        for (Descriptor layer : ImageManifest.parse(store.bytes(image)).layers()) {
            if (counted.add(layer.digest())) {
                size += layer.size();
            }
        }
        return size;
    }
}
