package io.rosbalena.apt.state;

import io.rosbalena.apt.deb.Diversions;
import io.rosbalena.apt.deb.PathRewrite;
import io.rosbalena.apt.deb.Placement;
import io.rosbalena.finding.Finding;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.TreePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What unpacking packages over a base does, by dpkg's rules (its {@code src/main/unpack.c}, {@code archives.c} and {@code
 * configure.c}): files that an upgraded package no longer has go away, conffiles that were changed stay, files of others
 * are taken where {@code Replaces} says so, diverted files stand elsewhere, directories stay as they are.
 */
final class Unpacking {
    private final PlatformInput input;
    private final InstalledPackages installed;
    private final Diversions diversions;
    private final Map<String, UnpackedPackage> packages = new LinkedHashMap<>();
    private final NavigableMap<TreePath, Entry.Kind> shipped = new TreeMap<>();
    private final NavigableSet<TreePath> removed = new TreeSet<>();
    private final List<Entry> files = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();

    private Unpacking(PlatformInput input, InstalledPackages installed, Diversions diversions) {
        this.input = input;
        this.installed = installed;
        this.diversions = diversions;
    }

    static Unpacking of(PlatformInput input) throws IOException {
        Diversions diversions = Diversions.parse(
                new String(input.base().read("/var/lib/dpkg/diversions").orElse(new byte[0]), StandardCharsets.UTF_8));
        Unpacking unpacking = new Unpacking(input, InstalledPackages.of(input.base()), diversions);
        unpacking.unpack();
        return unpacking;
    }

    private void unpack() throws IOException {
        PathFilters filters = PathFilters.of(input.base());
        for (DebFacts facts : input.packages()) {
            Optional<InstalledPackage> old = installed.replacedBy(facts, input.architecture());
            UnpackedPackage one = new UnpackedPackage(
                    facts, old, diversions.around(input.rewrite(), facts.name()), filters, input.base());
            packages.put(facts.name(), one);
            for (FileFact file : one.files()) {
                shipped.merge(
                        one.place(file), file.kind(), (before, kind) -> before == Entry.Kind.DIRECTORY ? kind : before);
            }
        }
        TakenFiles taken = new TakenFiles(this);
        OldFiles old = new OldFiles(this);
        for (UnpackedPackage one : packages.values()) {
            one.keepDirectories();
            taken.take(one);
            old.leave(one);
        }
        for (UnpackedPackage one : packages.values()) {
            files.addAll(new KeptConffiles(one, this).keep());
        }
        old.removeEmptyDirectories();
        files.addAll(taken.lists());
    }

    PlatformInput input() {
        return input;
    }

    InstalledPackages installed() {
        return installed;
    }

    Diversions diversions() {
        return diversions;
    }

    /** The packages that are unpacked. */
    Iterable<UnpackedPackage> packages() {
        return packages.values();
    }

    /** Whether a package of the base gives way to one that is unpacked. */
    boolean isReplaced(InstalledPackage one) {
        UnpackedPackage by = packages.get(one.name());
        return by != null && by.old().equals(Optional.of(one));
    }

    /** What the packages bring, by its place. */
    NavigableMap<TreePath, Entry.Kind> shipped() {
        return shipped;
    }

    /** What of the base is gone afterwards. */
    NavigableSet<TreePath> removed() {
        return removed;
    }

    /** Files that are neither a package's nor the base's: lists without what was taken, saved configuration. */
    List<Entry> files() {
        return files;
    }

    void report(Finding finding) {
        findings.add(finding);
    }

    List<Finding> findings() {
        return findings;
    }

    Placement placement(DebFacts facts) {
        return of(facts).placement();
    }

    PathRewrite rewrite(DebFacts facts) {
        return of(facts).way();
    }

    /** What {@code status} says of a package's conffiles. */
    List<String> conffiles(DebFacts facts) {
        return of(facts).statusConffiles();
    }

    Optional<InstalledPackage> old(DebFacts facts) {
        return of(facts).old();
    }

    private UnpackedPackage of(DebFacts facts) {
        return Objects.requireNonNull(packages.get(facts.name()), facts.name());
    }
}
