package io.rosbalena.robot.locking;

import io.rosbalena.lock.Lock;
import io.rosbalena.lock.LockedArchive;
import io.rosbalena.lock.LockedPackage;
import io.rosbalena.lock.LockedPlatform;
import io.rosbalena.robot.surroundings.ByteCount;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What changed between two locks, in lines for people. */
final class LockDifference {
    private static final int SHOWN = 40;

    private LockDifference() {}

    /** Whom the lock trusts comes first: a change there deserves a look before anything else. */
    static List<String> lines(Optional<Lock> before, Lock after) {
        List<String> lines = new ArrayList<>();
        after.platforms()
                .forEach((name, platform) ->
                        platform(name, before.map(lock -> lock.platforms().get(name)), platform, lines));
        after.databases().forEach((name, digest) -> {
            if (before.isPresent() && !digest.equals(before.get().databases().get(name))) {
                lines.add("database " + name + " changed");
            }
        });
        List<String> shown = trust(before.map(Lock::archives).orElseGet(TreeMap::new), after.archives());
        shown.addAll(lines.subList(0, Math.min(SHOWN, lines.size())));
        if (lines.size() > SHOWN) {
            shown.add("and " + (lines.size() - SHOWN) + " more changes");
        }
        return shown;
    }

    /** What nobody vouches for comes before everything else. */
    private static List<String> trust(SortedMap<String, LockedArchive> before, SortedMap<String, LockedArchive> after) {
        List<String> unsigned = new ArrayList<>();
        List<String> signed = new ArrayList<>();
        after.forEach((id, archive) -> {
            LockedArchive was = before.get(id);
            List<String> lines = archive.isUnsigned() ? unsigned : signed;
            if (was == null) {
                lines.add("new archive " + id
                        + (archive.isUnsigned()
                                ? ", unsigned: nobody vouches for it"
                                : ", signed by " + archive.key()));
            } else if (!was.key().equals(archive.key())) {
                lines.add("archive " + id
                        + (archive.isUnsigned() ? " is no longer signed: " : " is signed by another key: ")
                        + was.key() + " -> " + archive.key());
            }
        });
        before.keySet().stream()
                .filter(id -> !after.containsKey(id))
                .forEach(id -> signed.add("archive " + id + " is not used any more"));
        unsigned.addAll(signed);
        return unsigned;
    }

    private static void platform(
            String name, Optional<LockedPlatform> before, LockedPlatform after, List<String> lines) {
        Map<String, Version> old = versions(before);
        Map<String, Version> now = versions(Optional.of(after));
        if (old.isEmpty()) {
            lines.add(name + ": " + after.packages().size() + " packages"
                    + (after.installedWheels().isEmpty()
                            ? ""
                            : " and " + after.installedWheels().size() + " wheels")
                    + " locked, " + ByteCount.show(size(now)) + " to download");
            return;
        }
        now.forEach((key, version) -> {
            Version was = old.get(key);
            if (was == null) {
                lines.add(name + ": + " + key + " " + version.show());
            } else if (!was.version().equals(version.version())) {
                lines.add(name + ": " + key + " " + was.version() + " -> " + version.version() + ", "
                        + ByteCount.show(was.size()) + " -> " + ByteCount.show(version.size()));
            }
        });
        old.forEach((key, version) -> {
            if (!now.containsKey(key)) {
                lines.add(name + ": - " + key + " " + version.show());
            }
        });
        sets(before, after, lines, name);
    }

    private static long size(Map<String, Version> versions) {
        return versions.values().stream().mapToLong(Version::size).sum();
    }

    private record Version(String version, long size) {
        String show() {
            return version + ", " + ByteCount.show(size);
        }
    }

    /** Packages that the lock had and has, and that now stand in other services or no more in one. */
    private static void sets(
            Optional<LockedPlatform> earlier, LockedPlatform after, List<String> lines, String platform) {
        LockedPlatform before = earlier.orElse(after);
        Set<String> both = names(before);
        both.retainAll(names(after));
        Set<String> known = new TreeSet<>(before.sets().keySet());
        known.retainAll(after.sets().keySet());
        for (String set : known) {
            members(before.sets(), after.sets(), set, "", both, lines, platform);
            members(before.pruned(), after.pruned(), set, ", pruned", both, lines, platform);
        }
    }

    private static void members(
            SortedMap<String, List<String>> before,
            SortedMap<String, List<String>> after,
            String set,
            String kind,
            Set<String> both,
            List<String> lines,
            String platform) {
        Set<String> was = new TreeSet<>(before.getOrDefault(set, List.of()));
        Set<String> is = new TreeSet<>(after.getOrDefault(set, List.of()));
        String label = platform + ": " + root(set) + kind;
        is.stream()
                .filter(name -> both.contains(name) && !was.contains(name))
                .forEach(name -> lines.add(label + ": + " + name));
        was.stream()
                .filter(name -> both.contains(name) && !is.contains(name))
                .forEach(name -> lines.add(label + ": - " + name));
    }

    private static String root(String set) {
        return switch (set) {
            case LockedPlatform.BUILD -> "build root";
            case LockedPlatform.CROSS -> "cross compilers";
            case LockedPlatform.TEST -> "test root";
            default -> set;
        };
    }

    private static Set<String> names(LockedPlatform platform) {
        return platform.packages().stream().map(LockedPackage::name).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, Version> versions(Optional<LockedPlatform> platform) {
        Map<String, Version> versions = new TreeMap<>();
        platform.ifPresent(one -> {
            one.packages().forEach(each -> versions.put(each.name(), new Version(each.version(), each.size())));
            one.installedWheels()
                    .forEach(each -> versions.put("wheel " + each.name(), new Version(each.version(), each.size())));
        });
        return versions;
    }
}
