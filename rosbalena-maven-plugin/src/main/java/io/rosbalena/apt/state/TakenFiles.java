package io.rosbalena.apt.state;

import io.rosbalena.apt.DebianVersion;
import io.rosbalena.apt.Relation;
import io.rosbalena.apt.deb.Diversions;
import io.rosbalena.finding.Finding;
import io.rosbalena.tree.Entry;
import io.rosbalena.tree.TreePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Files of packages that stay in the base and that packages above it have, too: {@code Replaces} decides whose they are. */
final class TakenFiles {
    private final Unpacking unpacking;
    private final Map<InstalledPackage, Set<String>> taken = new LinkedHashMap<>();

    TakenFiles(Unpacking unpacking) {
        this.unpacking = unpacking;
    }

    void take(UnpackedPackage one) throws IOException {
        for (FileFact file : one.files()) {
            Optional<FileFact> there =
                    unpacking.input().base().find(one.place(file).absolute());
            if (file.kind() == Entry.Kind.DIRECTORY
                    || there.isEmpty()
                    || there.get().kind() == Entry.Kind.DIRECTORY) {
                continue;
            }
            String name = file.path().absolute();
            for (InstalledPackage other : unpacking.installed().owners(name)) {
                if (!unpacking.isReplaced(other)
                        && !other.name().equals(one.facts().name())
                        && other.present()) {
                    take(one, file, other);
                }
            }
        }
    }

    private void take(UnpackedPackage one, FileFact file, InstalledPackage other) {
        DebFacts facts = one.facts();
        String name = file.path().absolute();
        Optional<String> diverting = unpacking.diversions().of(file.path()).map(Diversions.Diversion::owner);
        if (diverting.equals(Optional.of(facts.name())) || diverting.equals(Optional.of(other.name()))) {
            return;
        }
        DebianVersion version = new DebianVersion(facts.version());
        List<Relation> replaces =
                facts.stanza().get("Replaces").map(Relation::parseList).orElse(List.of());
        if (InstalledPackage.replaces(replaces, other.name(), other.version())) {
            taken.computeIfAbsent(other, key -> new TreeSet<>()).add(name);
        } else if (other.replaces(facts.name(), version)) {
            one.leave(file);
        } else {
            unpacking.report(Finding.error(
                            "RB265",
                            facts.name() + " " + facts.version() + " has " + name + ", and so has " + other.name() + " "
                                    + other.version() + " of the base: neither says that it replaces the other")
                    .inPackage(facts.name())
                    .fix("take a version of one of them that goes with the other: dpkg would refuse these, too"));
        }
    }

    /** The lists of the packages whose files were taken, without these. */
    List<Entry> lists() throws IOException {
        List<Entry> lists = new ArrayList<>();
        for (Map.Entry<InstalledPackage, Set<String>> one : taken.entrySet()) {
            StringBuilder text = new StringBuilder();
            for (String name : unpacking.installed().files(one.getKey())) {
                if (!one.getValue().contains(name)) {
                    text.append(name).append('\n');
                }
            }
            lists.add(Entry.file(
                    TreePath.parse(InstalledPackages.list(one.getKey())),
                    0644,
                    text.toString().getBytes(StandardCharsets.UTF_8)));
        }
        return lists;
    }
}
