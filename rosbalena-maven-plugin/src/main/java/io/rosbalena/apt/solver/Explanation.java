package io.rosbalena.apt.solver;

import io.rosbalena.apt.Candidate;
import io.rosbalena.apt.DebianVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Tells a failure in words, by the shortest chain of reasons. */
final class Explanation {
    private static final int MOST_VERSIONS = 4;

    private Explanation() {}

    /** For example «a 1 needs b (>= 2); there is only b 1». */
    static String of(Failure failure) {
        List<String> sentences = new ArrayList<>();
        Failure at = failure;
        while (at instanceof Failure.Unmet unmet) {
            String others = unmet.tried().size() > 1
                    ? ", and none of its " + unmet.tried().size() + " ways works"
                    : "";
            sentences.add(unmet.candidate() + " needs " + unmet.dependency() + others);
            at = unmet.nearest();
        }
        sentences.add(last(at));
        return String.join("; ", sentences);
    }

    private static String last(Failure failure) {
        if (failure instanceof Failure.Absent absent) {
            return "no archive has " + absent.relation().name() + " or a package that provides it";
        }
        if (failure instanceof Failure.OtherVersions others) {
            return "the archives have only " + offered(others.offered()) + ", not " + others.relation();
        }
        if (failure instanceof Failure.Older older) {
            return older.candidate() + " is not " + older.relation() + "; " + older.older()
                    + " is, but an older version is only taken where it is asked for, as "
                    + older.older().name() + "=" + older.older().version();
        }
        if (failure instanceof Failure.Clashing clashing) {
            Selection.Clash clash = clashing.clash();
            return clashing.candidate() + " cannot be with " + clash.against(clashing.candidate()) + ", since "
                    + clash.owner() + " has «" + clash.field() + ": " + clash.relation() + "»"
                    + because(clashing.trail());
        }
        if (failure instanceof Failure.Taken taken) {
            return taken.taken().candidate() + " is already chosen instead of "
                    + taken.candidate().version() + because(taken.trail());
        }
        if (failure instanceof Failure.Pinned pinned) {
            return "the lock fixes " + pinned.pin() + ", which is not " + pinned.relation();
        }
        if (failure instanceof Failure.GivenUp given) {
            return "the search ended at " + given.candidate() + ": " + given.reason();
        }
        return failure.toString();
    }

    private static String because(List<String> trail) {
        return trail.size() < 2 ? "" : "; it is there because of " + String.join(" → ", trail);
    }

    /** Versions in words; of many the first few. */
    static String offered(List<Candidate> candidates) {
        String some = candidates.stream()
                .limit(MOST_VERSIONS)
                .map(Candidate::toString)
                .distinct()
                .collect(Collectors.joining(", "));
        return candidates.size() > MOST_VERSIONS
                ? some + " and " + (candidates.size() - MOST_VERSIONS) + " more"
                : some;
    }

    /** Versions alone. */
    static String versions(List<Candidate> candidates) {
        return candidates.stream()
                .limit(MOST_VERSIONS)
                .map(Candidate::version)
                .map(DebianVersion::toString)
                .collect(Collectors.joining(", "));
    }
}
