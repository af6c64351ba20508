package io.rosbalena.apt.solver;

import io.rosbalena.apt.Candidate;
import io.rosbalena.apt.Dependency;
import io.rosbalena.apt.Relation;
import java.util.Comparator;
import java.util.List;

/** Why a package cannot be installed. */
sealed interface Failure {

    /** How many packages the shortest explanation passes through. */
    default int length() {
        return 1;
    }

    /** Whether it would fail as well if other packages had been chosen. */
    default boolean isCertain() {
        return false;
    }

    /** No archive has a package of this name, nor one that provides it. */
    record Absent(Relation relation) implements Failure {
        @Override
        public boolean isCertain() {
            return true;
        }
    }

    /** There are packages of this name or that provide it, but in other versions. */
    record OtherVersions(Relation relation, List<Candidate> offered) implements Failure {
        @Override
        public boolean isCertain() {
            return true;
        }
    }

    /** An older version than apt's candidate would do; it is only taken where somebody asks for it. */
    record Older(Relation relation, Candidate candidate, Candidate older) implements Failure {
        @Override
        public boolean isCertain() {
            return true;
        }
    }

    /** It cannot be together with a package that is chosen; the trail tells what brought that one, root first. */
    record Clashing(Candidate candidate, Selection.Clash clash, List<String> trail) implements Failure {}

    /** Another version is chosen already; the trail tells what brought that one, root first. */
    record Taken(Candidate candidate, Selection.Chosen taken, List<String> trail) implements Failure {}

    /** The lock fixes another version. */
    record Pinned(Relation relation, Candidate pin) implements Failure {}

    /** A dependency cannot be met; one failure for each way that was tried. */
    record Unmet(Candidate candidate, String field, Dependency dependency, List<Failure> tried) implements Failure {
        public Unmet {
            tried = List.copyOf(tried);
        }

        /** The way whose failure is explained in the fewest words. */
        Failure nearest() {
            return tried.stream().min(Comparator.comparingInt(Failure::length)).orElseThrow();
        }

        @Override
        public int length() {
            return 1 + nearest().length();
        }

        @Override
        public boolean isCertain() {
            return tried.stream().allMatch(Failure::isCertain);
        }
    }

    /** The search was given up: too deep or too long. */
    record GivenUp(Candidate candidate, String reason) implements Failure {}
}
