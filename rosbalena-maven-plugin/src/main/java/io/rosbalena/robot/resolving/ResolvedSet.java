package io.rosbalena.robot.resolving;

import io.rosbalena.lock.LockedPackage;
import io.rosbalena.lock.LockedPlatform;
import io.rosbalena.lock.LockedWheel;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The packages of a service or of the build root on one platform, and who asks for them.
 *
 * @param name the service, or {@code +build}
 * @param place where the manifest tells of the service
 * @param own the packages of the workspace that it is for
 * @param asks who asks, packages of the workspace first
 * @param members all Debian packages of the lock in it, by name
 * @param pruned packages that members depend on and that the image does without, by name
 * @param wheels all wheels of the lock in it, by name
 */
record ResolvedSet(
        String name,
        String place,
        Set<String> own,
        List<Ask> asks,
        List<LockedPackage> members,
        List<LockedPackage> pruned,
        List<LockedWheel> wheels) {
    ResolvedSet {
        own = Set.copyOf(own);
        asks = List.copyOf(asks);
        members = List.copyOf(members);
        pruned = List.copyOf(pruned);
        wheels = List.copyOf(wheels);
    }

    boolean isBuildRoot() {
        return name.equals(LockedPlatform.BUILD);
    }

    /** Whether a package is left out that members depend on. */
    boolean isPruned(String name) {
        return pruned.stream().anyMatch(one -> one.name().equals(name));
    }

    /** Bytes to download. */
    long size() {
        return members.stream().mapToLong(LockedPackage::size).sum()
                + wheels.stream().mapToLong(LockedWheel::size).sum();
    }

    /** Everything that is asked for by name, each once, sorted. */
    SortedMap<String, SystemPackage> asked() {
        SortedMap<String, SystemPackage> asked = new TreeMap<>();
        asks.stream()
                .flatMap(ask -> Stream.concat(
                        ask.packages().stream(),
                        ask.keys().stream()
                                .flatMap(key -> key.rules().stream())
                                .flatMap(rule -> rule.packages().stream())))
                .forEach(one -> asked.put(one.name(), one));
        return asked;
    }
}
