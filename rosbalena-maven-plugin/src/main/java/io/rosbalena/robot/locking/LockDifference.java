package io.rosbalena.robot.locking;

import io.rosbalena.lock.Lock;
import io.rosbalena.lock.LockedPackage;
import io.rosbalena.lock.LockedPlatform;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What changed between two locks, in lines for people. */
final class LockDifference {
    private static final int SHOWN = 40;

    private LockDifference() {}

    static List<String> lines(Optional<Lock> before, Lock after) {
        List<String> lines = new ArrayList<>();
        after.platforms().forEach((name, platform) -> {
            Map<String, String> old =
                    versions(before.map(lock -> lock.platforms().get(name)));
            Map<String, String> now = versions(Optional.of(platform));
            if (old.isEmpty()) {
                lines.add(name + ": " + platform.packages().size() + " packages"
                        + (platform.installedWheels().isEmpty()
                                ? ""
                                : " and " + platform.installedWheels().size() + " wheels")
                        + " locked");
                return;
            }
            now.forEach((key, version) -> {
                String was = old.get(key);
                if (was == null) {
                    lines.add(name + ": + " + key + " " + version);
                } else if (!was.equals(version)) {
                    lines.add(name + ": " + key + " " + was + " -> " + version);
                }
            });
            old.forEach((key, version) -> {
                if (!now.containsKey(key)) {
                    lines.add(name + ": - " + key + " " + version);
                }
            });
            sets(before.map(lock -> lock.platforms().get(name)), platform, lines, name);
        });
        after.databases().forEach((name, digest) -> {
            if (before.isPresent() && !digest.equals(before.get().databases().get(name))) {
                lines.add("database " + name + " changed");
            }
        });
        if (lines.size() > SHOWN) {
            List<String> shown = new ArrayList<>(lines.subList(0, SHOWN));
            shown.add("and " + (lines.size() - SHOWN) + " more changes");
            return shown;
        }
        return lines;
    }

    /** Packages that the lock had and has, and that now stand in other services or no more in one. */
    private static void sets(
            Optional<LockedPlatform> known, LockedPlatform after, List<String> lines, String platform) {
        LockedPlatform before = known.orElse(after);
        Set<String> both = names(before);
        both.retainAll(names(after));
        Set<String> all = new TreeSet<>(before.sets().keySet());
        all.retainAll(after.sets().keySet());
        for (String set : all) {
            Set<String> was = new TreeSet<>(before.sets().getOrDefault(set, List.of()));
            Set<String> is = new TreeSet<>(after.sets().getOrDefault(set, List.of()));
            String label = set.equals(LockedPlatform.BUILD) ? "build root" : set;
            is.stream()
                    .filter(name -> both.contains(name) && !was.contains(name))
                    .forEach(name -> lines.add(platform + ": " + label + ": + " + name));
            was.stream()
                    .filter(name -> both.contains(name) && !is.contains(name))
                    .forEach(name -> lines.add(platform + ": " + label + ": - " + name));
        }
    }

    private static Set<String> names(LockedPlatform platform) {
        return platform.packages().stream().map(LockedPackage::name).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, String> versions(Optional<LockedPlatform> platform) {
        Map<String, String> versions = new TreeMap<>();
        platform.ifPresent(one -> {
            for (LockedPackage each : one.packages()) {
                versions.put(each.name(), each.version());
            }
            one.installedWheels().forEach(each -> versions.put("wheel " + each.name(), each.version()));
        });
        return versions;
    }
}
