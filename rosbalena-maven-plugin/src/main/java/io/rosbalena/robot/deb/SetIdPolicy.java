package io.rosbalena.robot.deb;

import io.rosbalena.apt.ArchiveId;
import io.rosbalena.apt.state.DebFacts;
import io.rosbalena.apt.state.FileFact;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import io.rosbalena.lock.LockedPackage;
import io.rosbalena.tree.Entry;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which packages may bring programs that run with the rights of their owner or group, whoever starts them: those of the
 * distribution, which needs some ({@code su}, {@code mount}), and those that the user names.
 *
 * @param allowed names of packages
 */
public record SetIdPolicy(Set<String> allowed) {
    private static final int SET_ID = 06000;
    private static final Set<String> DISTRIBUTIONS = Set.of("debian", "ubuntu");

    public SetIdPolicy {
        allowed = Set.copyOf(allowed);
    }

    /** Says of each package that brings such a program and may not, which. */
    void check(List<LockedPackage> packages, Collection<DebFacts> facts, Findings findings) {
        Set<String> refused = new java.util.HashSet<>();
        for (LockedPackage one : packages) {
            String origin = ArchiveId.parse(one.archive()).origin().toLowerCase(Locale.ROOT);
            if (!DISTRIBUTIONS.contains(origin) && !allowed.contains(one.name())) {
                refused.add(one.name());
            }
        }
        for (DebFacts one : facts) {
            List<String> files = one.files().stream()
                    .filter(file -> file.kind() == Entry.Kind.FILE && (file.mode() & SET_ID) != 0)
                    .map(FileFact::path)
                    .map(path -> path.absolute())
                    .toList();
            if (refused.contains(one.name()) && !files.isEmpty()) {
                findings.add(Finding.error(
                                "RB247",
                                one.name() + " " + one.version()
                                        + " is not of the distribution and brings programs that run"
                                        + " with their owner's rights: " + String.join(", ", files))
                        .fix("if you trust it with that, name it in <allowSetId> or -Drosbalena.allowSetId")
                        .inPackage(one.name()));
            }
        }
    }
}
