package io.rosbalena.apt.index;

import io.rosbalena.apt.source.AptSource;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.store.BlobStore;
import io.rosbalena.transfer.NotFoundException;
import io.rosbalena.transfer.OfflineException;
import io.rosbalena.transfer.Transfer;
import io.rosbalena.transfer.TransferException;
import io.rosbalena.transfer.TransferFinding;
import java.io.IOException;
import java.io.InterruptedIOException;
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
    /** The largest Release files are those of Ubuntu, below 1 MB. */
    private static final long LIMIT = 32L << 20;

    /** What clocks may differ by before a Release file counts as made in the future. */
    private static final Duration CLOCK_SKEW = Duration.ofHours(1);

    private final Transfer transfer;
    private final BlobStore store;
    private final Clock clock;
    private final KeptReleases kept;
    private final Set<Finding> notes = Collections.synchronizedSet(new LinkedHashSet<>());
    private final Set<Repository> silent = ConcurrentHashMap.newKeySet();

    /** @param kept stand in for archives that do not answer */
    ReleaseReader(Transfer transfer, BlobStore store, Clock clock, KeptReleases kept) {
        this.transfer = transfer;
        this.store = store;
        this.clock = clock;
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
        if (source.trusted()) {
            throw input(
                    source,
                    Finding.error("RB217", repository + " is to be trusted without a signature ([trusted=yes])")
                            .fix("name the archive's key in Signed-By, and remove the option"));
        }
        String what = what(repository);
        ClearSigned document;
        try {
            document = fetch(repository);
        } catch (IOException e) {
            FindingException failure = failure(repository, e);
            return instead(repository, e, failure).orElseThrow(() -> failure);
        }
        Signer signer = verify(repository, document, what);
        Release release = parse(repository, document);
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
        try {
            return parse(repository, fetch(repository));
        } catch (IOException e) {
            throw failure(repository, e);
        }
    }

    /** The file that the lock names, where the archive itself says nothing. What it says wrongly is an error. */
    private Optional<SignedRelease> instead(Repository repository, IOException cause, FindingException failure) {
        if (!isSilence(cause)) {
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

    private static String what(Repository repository) {
        return "the Release file of " + repository;
    }

    private static boolean isSilence(IOException cause) {
        return cause instanceof NotFoundException
                || cause instanceof OfflineException
                || (cause instanceof TransferException transfer
                        && transfer.kind() != TransferException.Kind.SIZE
                        && transfer.kind() != TransferException.Kind.ADDRESS);
    }

    private ClearSigned fetch(Repository repository) throws IOException {
        try {
            return ClearSigned.inRelease(transfer.read(repository.file("InRelease"), LIMIT));
        } catch (NotFoundException e) {
            byte[] release = transfer.read(repository.file("Release"), LIMIT);
            return ClearSigned.detached(release, transfer.read(repository.file("Release.gpg"), LIMIT));
        }
    }

    private static FindingException failure(Repository repository, IOException e) {
        AptSource source = repository.source();
        if (e instanceof NotFoundException) {
            return input(
                    source,
                    Finding.error("RB204", repository + " has no signed Release file: " + e.getMessage())
                            .fix("check the URI and the suite; an archive without signature cannot be used"));
        }
        if (e instanceof TransferException || e instanceof OfflineException || e instanceof InterruptedIOException) {
            return FindingException.environment(
                    source.place(TransferFinding.of(what(repository), repository.file("InRelease"), e)), e);
        }
        return unreadable(repository, e);
    }

    private static Release parse(Repository repository, ClearSigned document) {
        try {
            return Release.parse(document.text());
        } catch (IllegalArgumentException e) {
            throw unreadable(repository, e);
        }
    }

    private static FindingException unreadable(Repository repository, Exception cause) {
        return input(
                repository.source(),
                Finding.error("RB205", "cannot read " + what(repository) + ": " + cause.getMessage())
                        .fix("ask the maintainers of the archive, or use another mirror"));
    }

    private Signer verify(Repository repository, ClearSigned document, String what) {
        SignatureCheck check = new SignatureCheck(document, keys(repository), clock.instant(), what);
        return check.signer().orElseThrow(() -> input(repository.source(), check.problem()));
    }

    private static TrustedKeys keys(Repository repository) {
        try {
            return TrustedKeys.read(repository.source().keyring());
        } catch (IOException e) {
            throw input(
                    repository.source(),
                    Finding.error("RB201", "cannot use the keyring: " + e.getMessage())
                            .fix("Signed-By takes a binary or armoured OpenPGP public key"));
        }
    }

    private void check(Repository repository, Release release, String what) {
        AptSource source = repository.source();
        Instant now = clock.instant();
        if (!AptSource.isFlat(repository.suite()) && !release.answers(repository.suite())) {
            throw input(
                    source,
                    Finding.error(
                                    "RB213",
                                    what + " is that of " + release.suite() + " (" + release.codename() + "), not of "
                                            + repository.suite())
                            .fix("name the suite as the archive does, or use another mirror"));
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
