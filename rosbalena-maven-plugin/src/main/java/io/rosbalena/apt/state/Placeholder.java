package io.rosbalena.apt.state;

import io.rosbalena.apt.Candidate;
import io.rosbalena.apt.Deb822;
import io.rosbalena.apt.DebianVersion;
import io.rosbalena.apt.Dependency;
import io.rosbalena.apt.Relation;
import io.rosbalena.apt.Stanza;
import io.rosbalena.apt.VersionConstraint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A package without files that stands in dpkg's database for those that were pruned: it provides just what the packages
 * that are left depend on, so that apt finds every dependency met and can install more. Who installs one of the pruned
 * packages later gets the real one.
 *
 * @param stanza its paragraph in the status file
 */
record Placeholder(String stanza) {
    private static final String NAME = "rosbalena-pruned";

    /**
     * Empty if the packages miss nothing.
     *
     * @param status dpkg's status file of the base below
     */
    static Optional<Placeholder> of(PlatformInput input, String status) {
        if (input.pruned().isEmpty()) {
            return Optional.empty();
        }
        List<Candidate> packages = input.packages().stream()
                .map(facts -> Candidate.installed(new Stanza(facts.stanza().fields().stream()
                        .map(field -> new Stanza.Field(field.name(), field.value(), 0))
                        .toList())))
                .toList();
        Set<String> provided = new TreeSet<>();
        Present present = new Present();
        packages.forEach(present::add);
        Deb822.parse(status).stream()
                .filter(stanza -> stanza.get("Status").equals(Optional.of("install ok installed")))
                .map(Candidate::installed)
                .forEach(present::add);
        for (Candidate one : packages) {
            Stream.concat(one.relations().preDepends().stream(), one.relations().depends().stream())
                    .filter(dependency -> !present.meets(dependency))
                    .forEach(dependency -> provided.add(provision(dependency, input)));
        }
        return provided.isEmpty()
                ? Optional.empty()
                : Optional.of(new Placeholder(stanza(input.architecture(), String.join(", ", provided))));
    }

    /** Its part of dpkg's database beside the status file: it has no files. */
    void write(StateDraft draft) throws IOException {
        draft.file(DpkgDatabase.ROOT + "info/" + NAME + ".list", 0644, "/.\n");
        draft.file(DpkgDatabase.ROOT + "info/" + NAME + ".md5sums", 0644, "");
    }

    /** Multi-Arch: allowed, since only then may a dependency such as {@code perl:any} mean what it provides. */
    private static String stanza(String architecture, String provided) {
        return "Package: " + NAME + "\n"
                + "Status: install ok installed\n"
                + "Priority: optional\n"
                + "Section: metapackages\n"
                + "Maintainer: rosbalena\n"
                + "Architecture: " + architecture + "\n"
                + "Multi-Arch: allowed\n"
                + "Version: 1\n"
                + "Provides: " + provided + "\n"
                + "Description: stands for packages that this system runs without\n";
    }

    /** The pruned package that a dependency names, else a version of the first name that meets it. */
    private static String provision(Dependency dependency, PlatformInput input) {
        for (Relation alternative : dependency.alternatives()) {
            String version = input.pruned().get(alternative.name());
            if (version != null && alternative.allows(new DebianVersion(version))) {
                return provision(alternative, version);
            }
        }
        Relation first = dependency.alternatives().get(0);
        return first.constraint()
                .map(VersionConstraint::version)
                .map(version -> provision(first, version.toString()))
                .orElse(first.name());
    }

    private static String provision(Relation named, String version) {
        return named.name() + " (= " + version + ")";
    }

    /** What is there, by the names that it has and provides. */
    private static final class Present {
        private final Map<String, List<Candidate>> byName = new HashMap<>();

        void add(Candidate one) {
            Stream.concat(
                            Stream.of(one.name()),
                            one.relations().provides().stream().map(Relation::name))
                    .distinct()
                    .forEach(name -> byName.computeIfAbsent(name, any -> new ArrayList<>())
                            .add(one));
        }

        boolean meets(Dependency dependency) {
            return dependency.alternatives().stream()
                    .anyMatch(alternative -> byName.getOrDefault(alternative.name(), List.of()).stream()
                            .anyMatch(one -> one.satisfies(alternative)));
        }
    }
}
