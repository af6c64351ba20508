package io.rosbalena.apt.index;

import io.rosbalena.apt.source.AptSource;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.store.BlobStore;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Fetches the Release file of a suite and believes it only if a trusted key signed it and it is neither old nor early. */
final class ReleaseReader {
    /** What clocks may differ by before a Release file counts as made in the future. */
    private static final Duration CLOCK_SKEW = Duration.ofHours(1);

    private final ReleaseFiles files;
    private final BlobStore store;
    private final Clock clock;
    private final ArchiveRules rules;
    private final KeptReleases kept;
    private final Set<Finding> notes = Collections.synchronizedSet(new LinkedHashSet<>());
    private final Set<Repository> silent = ConcurrentHashMap.newKeySet();

    /** @param kept stand in for archives that do not answer */
    ReleaseReader(ReleaseFiles files, BlobStore store, Clock clock, ArchiveRules rules, KeptReleases kept) {
        this.files = files;
        this.store = store;
        this.clock = clock;
        this.rules = rules;
        this.kept = kept;
    }

    /** Whether a suite's archive did not answer when it was read. */
    boolean wasSilent(Repository repository) {
        return silent.contains(repository);
    }

    /** Warnings about archives that did not answer. */
    List<Finding> notes() {
        synchronized (notes) {
            return List.copyOf(notes);
        }
    }

    /**
     * The verified Release file of a suite; it is kept in the store, so that a lock can be proved later.
     *
     * @throws FindingException with one finding, if it cannot be had or believed
     */
    SignedRelease read(Repository repository) {
        AptSource source = repository.source();
        if (source.trusted() && !rules.allowsUnsigned(repository)) {
            throw input(
                    source,
                    Finding.error("RB217", repository + " is to be trusted without a signature ([trusted=yes])")
                            .fix(
                                    "name the archive's key in Signed-By, and remove the option; if it has none, allow it: "
                                            + ReleaseFiles.allowing(repository)));
        }
        String what = ReleaseFiles.what(repository);
        ClearSigned document;
        try {
            document = files.fetch(repository);
        } catch (IOException e) {
            FindingException failure = ReleaseFiles.failure(repository, e);
            return instead(repository, e, failure).orElseThrow(() -> failure);
        }
        Signer signer = verify(repository, document, what);
        if (signer.equals(Signer.NOBODY)) {
            document = files.withSums(repository, document);
        }
        Release release = ReleaseFiles.parse(repository, document);
        check(repository, release, what);
        try {
            return new SignedRelease(repository, release, signer, document.keep(store));
        } catch (IOException e) {
            throw FindingException.environment(
                    Finding.error("RB218", "cannot keep " + what + " in the store: " + e.getMessage())
                            .fix("see that the store's disk has room and can be written"),
                    e);
        }
    }

    /**
     * What a suite's Release file says, believed or not: enough to find out which archive a mirror carries, when the
     * bytes that are wanted from there are known by their digest.
     *
     * @throws FindingException with one finding, if it cannot be had
     */
    Release readUnverified(Repository repository) {
        return ReleaseFiles.parse(repository, files.served(repository));
    }

    /** The file that the lock names, where the archive itself says nothing. What it says wrongly is an error. */
    private Optional<SignedRelease> instead(Repository repository, IOException cause, FindingException failure) {
        if (!ReleaseFiles.isSilence(cause)) {
            return Optional.empty();
        }
        silent.add(repository);
        Optional<SignedRelease> found = kept.find(repository, keys(repository));
        found.ifPresent(signed -> notes.add(repository
                .source()
                .place(Finding.warning(
                                "RB313",
                                failure.findings().get(0).message()
                                        + "; what is missing in the lock is taken from the index"
                                        + " that the lock was made with, of "
                                        + signed.release().date())
                        .fix("build again when the archive answers, if something newer is wanted"))));
        return found;
    }

    private static TrustedKeys keys(Repository repository) {
        return PastRelease.keys(repository.source(), repository.source().keyring());
    }

    private Signer verify(Repository repository, ClearSigned document, String what) {
        SignatureCheck check = new SignatureCheck(document, keys(repository), Optional.of(clock.instant()), what);
        if (check.signer().isPresent() && (Release.hasSums(document.text()) || !rules.allowsUnsigned(repository))) {
            return check.signer().get();
        }
        if (rules.allowsUnsigned(repository) && nothingSpeaksAgainst(repository, check)) {
            return Signer.NOBODY;
        }
        throw input(repository.source(), check.problem());
    }

    /**
     * Whether a document without a good signature is no worse than one without any. One that was changed after it was
     * signed is, and one by a key that was revoked.
     */
    private static boolean nothingSpeaksAgainst(Repository repository, SignatureCheck check) {
        return check.problems().stream()
                .allMatch(problem -> problem.id().equals("RB209")
                        || (problem.id().equals("RB210") && repository.source().trusted()));
    }

    private void check(Repository repository, Release release, String what) {
        AptSource source = repository.source();
        Instant now = clock.instant();
        if (!release.answers(repository)) {
            throw input(
                    source,
                    Finding.error(
                                    "RB213",
                                    what + " is that of " + release.suite() + " (" + release.codename() + "), not of "
                                            + repository.suite())
                            .fix("name the suite as the archive does, or use another mirror"));
        }
        if (release.date().equals(Instant.EPOCH)) {
            return;
        }
        if (release.date().isAfter(now.plus(CLOCK_SKEW))) {
            throw input(
                    source,
                    Finding.error("RB212", what + " was made in the future, at " + release.date())
                            .fix("set this machine's clock"));
        }
        Optional<Instant> end =
                source.validity().end(release.date(), release.validUntil(), release.changes(repository.suite()));
        if (end.filter(now::isAfter).isPresent()) {
            throw input(
                    source,
                    Finding.error("RB223", what + ", made at " + release.date() + ", is valid only until " + end.get())
                            .fix(
                                    "the mirror is out of date: use another one; for a snapshot say Check-Valid-Until: no;"
                                            + " where <maxIndexAge> or the source's Valid-Until-Max is too short, take a longer one"));
        }
    }

    private static FindingException input(AptSource source, Finding finding) {
        return FindingException.input(source.place(finding));
    }
}
