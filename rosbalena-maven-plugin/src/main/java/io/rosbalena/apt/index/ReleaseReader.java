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
import java.util.Optional;

/** Fetches the Release file of a suite and believes it only if a trusted key signed it and it is neither old nor early. */
final class ReleaseReader {
    /** The largest Release files are those of Ubuntu, below 1 MB. */
    private static final long LIMIT = 32L << 20;

    /** What clocks may differ by before a Release file counts as made in the future. */
    private static final Duration CLOCK_SKEW = Duration.ofHours(1);

    private final Transfer transfer;
    private final BlobStore store;
    private final Clock clock;

    ReleaseReader(Transfer transfer, BlobStore store, Clock clock) {
        this.transfer = transfer;
        this.store = store;
        this.clock = clock;
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
        ClearSigned document = fetch(repository);
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
        return parse(repository, fetch(repository));
    }

    private static String what(Repository repository) {
        return "the Release file of " + repository;
    }

    private ClearSigned fetch(Repository repository) {
        AptSource source = repository.source();
        try {
            try {
                return ClearSigned.inRelease(transfer.read(repository.file("InRelease"), LIMIT));
            } catch (NotFoundException e) {
                byte[] release = transfer.read(repository.file("Release"), LIMIT);
                return ClearSigned.detached(release, transfer.read(repository.file("Release.gpg"), LIMIT));
            }
        } catch (NotFoundException e) {
            throw input(
                    source,
                    Finding.error("RB204", repository + " has no signed Release file: " + e.getMessage())
                            .fix("check the URI and the suite; an archive without signature cannot be used"));
        } catch (TransferException | OfflineException | InterruptedIOException e) {
            throw FindingException.environment(
                    source.place(TransferFinding.of(what(repository), repository.file("InRelease"), e)), e);
        } catch (IOException e) {
            throw unreadable(repository, e);
        }
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
        TrustedKeys keys;
        try {
            keys = TrustedKeys.read(repository.source().keyring());
        } catch (IOException e) {
            throw input(
                    repository.source(),
                    Finding.error("RB201", "cannot use the keyring: " + e.getMessage())
                            .fix("Signed-By takes a binary or armoured OpenPGP public key"));
        }
        SignatureCheck check = new SignatureCheck(document, keys, clock.instant(), what);
        return check.signer().orElseThrow(() -> input(repository.source(), check.problem()));
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
