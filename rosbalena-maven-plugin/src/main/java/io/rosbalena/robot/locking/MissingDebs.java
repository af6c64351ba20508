package io.rosbalena.robot.locking;

import io.rosbalena.apt.Candidate;
import io.rosbalena.apt.Relation;
import io.rosbalena.apt.index.CandidateTable;
import io.rosbalena.finding.Finding;
import io.rosbalena.rosdep.KeyFinding;
import io.rosbalena.rosdep.KeyUse;
import io.rosbalena.rosdep.Resolution;
import io.rosbalena.rosdep.ResolvedKeys;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Debian packages that keys stand for and that no archive has. A distribution lists a package as soon as somebody
 * releases its sources, and keeps it when its build fails: a rule does not promise a {@code .deb}.
 */
final class MissingDebs {
    private final ResolvedKeys keys;
    private final CandidateTable table;
    private final String rosDistro;
    private final Set<String> installed = new HashSet<>();

    /**
     * Looks for packages.
     *
     * @param installed the packages of the base, which no archive needs to have
     */
    MissingDebs(ResolvedKeys keys, CandidateTable table, Collection<Candidate> installed, String rosDistro) {
        this.keys = keys;
        this.table = table;
        this.rosDistro = rosDistro;
        for (Candidate one : installed) {
            this.installed.add(one.name());
            one.relations().provides().stream().map(Relation::name).forEach(this.installed::add);
        }
    }

    /** These packages without the missing ones. */
    List<String> without(Collection<String> packages) {
        return packages.stream().filter(one -> !isMissing(one)).toList();
    }

    private boolean isMissing(String asked) {
        String name = asked.replaceFirst("[:=].*", "");
        return !installed.contains(name)
                && table.versions(name).isEmpty()
                && table.providers(name).isEmpty();
    }

    /**
     * An error RB060 for each missing package, at the first place that asks for its key.
     *
     * @param uses every place that asks for a key
     */
    List<Finding> findings(List<KeyUse> uses) {
        SortedMap<String, List<KeyUse>> missing = new TreeMap<>();
        SortedMap<String, Resolution.Found> rules = new TreeMap<>();
        for (KeyUse use : uses) {
            for (Resolution.Found rule : keys.closure(List.of(use.key()))) {
                if (rule.installer().equals("apt")) {
                    rule.packages().stream()
                            .filter(name -> !name.isBlank() && isMissing(name))
                            .forEach(name -> {
                                rules.putIfAbsent(name, rule);
                                missing.computeIfAbsent(name, any -> new ArrayList<>())
                                        .add(use);
                            });
                }
            }
        }
        List<Finding> findings = new ArrayList<>();
        rules.forEach((name, rule) -> findings.add(finding(name, rule, missing.getOrDefault(name, List.of()))));
        return findings;
    }

    private Finding finding(String name, Resolution.Found rule, List<KeyUse> uses) {
        return KeyFinding.error(
                        "RB060",
                        "the rosdep key \"" + rule.key() + "\" stands for " + name + " (" + rule.place()
                                + "), which no archive has for " + table.architecture(),
                        uses)
                .fix(fix(rule));
    }

    private String fix(Resolution.Found rule) {
        String key = rule.key();
        if (!rule.released()) {
            return "add a source that has it to <aptSources>, give the key another package in rosdep/overlay.yaml,"
                    + " or leave it out with <skipKeys>" + key + "</skipKeys>";
        }
        boolean rosArchive = table.names().stream().anyMatch(name -> name.startsWith("ros-" + rosDistro + "-"));
        return (rosArchive
                        ? rosDistro + " lists the package, but its archive does not have it (yet, or no more):"
                                + " name the archive and the <rosdistroTag> of one day,"
                        : "none of the sources has packages of " + rosDistro + ": add its archive to <aptSources>,")
                + " put the sources of " + key + " into the workspace, or leave the key out with <skipKeys>" + key
                + "</skipKeys>";
    }
}
