package io.rosbalena.robot.resolving;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What {@code apt-get install} takes to bring a machine what the keys of the workspace and the manifest ask for, in the
 * lock's versions: one {@code name=version} a line, sorted, each once. What those depend on is left to apt. One list can
 * serve one machine only, so it is that of the first platform.
 */
final class AptList {
    private AptList() {}

    static Resolved of(List<ResolvedPlatform> platforms) {
        ResolvedPlatform first = platforms.get(0);
        SortedMap<String, SystemPackage> asked = new TreeMap<>();
        first.sets().forEach(set -> asked.putAll(set.asked()));
        List<String> lines = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        asked.values().forEach(one -> {
            if (!one.installer().equals("apt")) {
                notes.add(
                        one.name() + one.version().map(version -> " " + version).orElse("")
                                + " is a Python wheel and no Debian package: pip brings it to a machine");
                return;
            }
            lines.add(one.name() + one.version().map(version -> "=" + version).orElse(""));
            if (one.from() == SystemPackage.From.PROVIDED) {
                notes.add(one.name() + " has no version: it is virtual, apt chooses who provides it");
            } else if (one.from() == SystemPackage.From.BASE) {
                notes.add(one.name() + " has the version of the base image, which archives may no longer have");
            }
        });
        if (platforms.size() > 1) {
            notes.add("these are the versions for " + first.name() + "; the lock has other platforms, too");
        }
        return new Resolved(lines, notes);
    }
}
