package io.rosbalena.apt.index;

import io.rosbalena.apt.source.AptSource;
import io.rosbalena.finding.Finding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Passes over the archives that a machine happens to have configured besides those of its distribution: they are not what
 * a base is made of, and whether they answer must not decide whether a build works.
 */
final class ThirdParties {
    private static final Set<String> DISTRIBUTIONS = Set.of("Debian", "Ubuntu");

    private ThirdParties() {}

    /** The releases to use, what failed and matters, and notes on what was passed over. */
    record Sorted(List<SignedRelease> releases, List<Outcomes.Failure> failures, List<Finding> notes) {}

    static Sorted sort(Outcomes<SignedRelease> opened) {
        List<SignedRelease> kept = new ArrayList<>();
        List<Finding> notes = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        Set<String> codenames = new HashSet<>();
        for (SignedRelease signed : opened.values()) {
            boolean own = DISTRIBUTIONS.contains(signed.release().origin());
            if (own) {
                keys.add(signed.signer().fingerprint());
                codenames.add(signed.release().codename());
                codenames.add(signed.release().suite());
            }
            AptSource source = signed.repository().source();
            if (own || source.thirdParties() == AptSource.ThirdParties.USE) {
                kept.add(signed);
            } else {
                notes.add(source.place(Finding.note(
                                "RB220",
                                "passed over " + signed.repository() + ", an archive of \""
                                        + signed.release().origin() + "\"")
                        .fix("name it in <aptSources> if the robot needs it")));
            }
        }
        List<Outcomes.Failure> failures = new ArrayList<>();
        for (Outcomes.Failure failure : opened.failures()) {
            Repository repository = (Repository) failure.input();
            if (repository.source().thirdParties() == AptSource.ThirdParties.USE
                    || codenames.isEmpty()
                    || isDistributions(repository, keys, codenames)) {
                failures.add(failure);
            } else {
                notes.add(repository
                        .source()
                        .place(Finding.note(
                                        "RB220",
                                        "passed over " + repository + ", which did not answer: "
                                                + failure.cause()
                                                        .findings()
                                                        .get(0)
                                                        .message())
                                .fix("name it in <aptSources> if the robot needs it")));
            }
        }
        return new Sorted(List.copyOf(kept), List.copyOf(failures), List.copyOf(notes));
    }

    /** A failed source is the distribution's own if its suite is named after it and a key of its keyring signs for it. */
    private static boolean isDistributions(Repository repository, Set<String> keys, Set<String> codenames) {
        boolean named = codenames.stream()
                .anyMatch(codename -> repository.suite().equals(codename)
                        || repository.suite().startsWith(codename + "-")
                        || repository.suite().startsWith(codename + "/"));
        try {
            return named
                    && TrustedKeys.read(repository.source().keyring()).primaries().stream()
                            .anyMatch(keys::contains);
        } catch (IOException e) {
            // A keyring that cannot be read is no proof of a third party; the failure is told.
            return named;
        }
    }
}
