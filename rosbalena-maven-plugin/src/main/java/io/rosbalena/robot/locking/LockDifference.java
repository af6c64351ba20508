package io.rosbalena.robot.locking;

import io.rosbalena.lock.Lock;
import io.rosbalena.lock.LockedPackage;
import io.rosbalena.lock.LockedPlatform;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

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
                lines.add(name + ": " + now.size() + " packages locked");
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

    private static Map<String, String> versions(Optional<LockedPlatform> platform) {
        Map<String, String> versions = new TreeMap<>();
        platform.ifPresent(one -> {
            for (LockedPackage each : one.packages()) {
                versions.put(each.name(), each.version());
            }
        });
        return versions;
    }
}
