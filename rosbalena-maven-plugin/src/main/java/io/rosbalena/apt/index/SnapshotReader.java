package io.rosbalena.apt.index;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.store.BlobStore;
import io.rosbalena.transfer.Location;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads Release files as they were at the moment that the user asks for. What an archive is its ordinary place must tell;
 * the snapshot must then be signed by a key that the source, or the project's keyrings, trust.
 */
final class SnapshotReader {
    /** A Release file names the moment at which it was begun; a service takes it some minutes later. */
    private static final Duration SKEW = Duration.ofHours(1);

    private final Snapshots snapshots;
    private final SnapshotDate date;
    private final ReleaseFiles files;
    private final ReleaseReader releases;
    private final BlobStore store;

    SnapshotReader(
            Snapshots snapshots, SnapshotDate date, ReleaseFiles files, ReleaseReader releases, BlobStore store) {
        this.snapshots = snapshots;
        this.date = date;
        this.files = files;
        this.releases = releases;
        this.store = store;
    }

    /**
     * Which archive a source leads to today. A key that has ended since may say so, too: it is the snapshot that is
     * believed.
     *
     * @throws FindingException if the archive does not answer, or nobody trusted signed it
     */
    SignedRelease recognise(Repository repository) {
        try {
            if (repository.source().trusted()) {
                return releases.read(repository);
            }
            ClearSigned document = files.served(repository);
            if (document.signatures().isEmpty()) {
                return releases.read(repository);
            }
            Signer signer = PastRelease.signer(repository, PastRelease.ever(repository, document));
            return new SignedRelease(repository, ReleaseFiles.parse(repository, document), signer, document.digest());
        } catch (FindingException e) {
            throw new FindingException(
                    e.kind(),
                    e.findings().stream().map(SnapshotReader::explained).toList(),
                    e);
        }
    }

    private static Finding explained(Finding finding) {
        return finding.fix(finding.fix().map(fix -> fix + "; ").orElse("")
                + "with <snapshotDate> an archive must tell what it is before its snapshot can be found");
    }

    /** Those that no snapshot is known of: they are taken as they are now, which is told. */
    List<Finding> unknown(List<SignedRelease> recognised) {
        List<Finding> warnings = new ArrayList<>();
        for (SignedRelease one : recognised) {
            if (root(one, recognised).isEmpty()) {
                warnings.add(one.repository()
                        .source()
                        .place(Finding.warning(
                                        "RB256",
                                        "no snapshots of " + one.repository() + " are known, an archive of \""
                                                + one.release().origin() + "\" labelled \""
                                                + one.release().label() + "\": it is taken as it is now")
                                .fix("name their address: <snapshots><snapshot>"
                                        + one.release().origin()
                                        + "=https://…/{stamp}/</snapshot></snapshots>")));
            }
        }
        return warnings;
    }

    private Optional<URI> root(SignedRelease one, List<SignedRelease> recognised) {
        String os = Snapshots.os(
                recognised.stream().map(other -> other.release().origin()).toList());
        return Optional.of(one)
                .filter(signed -> !signed.signer().equals(Signer.NOBODY))
                .flatMap(signed -> snapshots.root(
                        signed.release().origin(), signed.release().label(), os, date));
    }

    /**
     * The archive as it was, or as it is now if no snapshots of it are known.
     *
     * @param recognised all archives of the sources
     */
    SignedRelease read(SignedRelease one, List<SignedRelease> recognised) {
        Repository ordinary = one.repository();
        return root(one, recognised)
                .map(root -> then(new Repository(ordinary.source(), root, ordinary.suite()), one.release()))
                .orElseGet(() -> releases.read(ordinary));
    }

    private SignedRelease then(Repository snapshot, Release today) {
        ClearSigned document = fetch(snapshot, today);
        Signer signer = signer(snapshot, document);
        Release release = ReleaseFiles.parse(snapshot, document);
        boolean other = !release.answers(snapshot);
        boolean later = !snapshots.isOfDays(today.origin(), today.label())
                && release.date().isAfter(date.instant().plus(SKEW));
        if (other || later) {
            throw input(
                    snapshot,
                    Finding.error(
                                    "RB257",
                                    Location.show(snapshot.root()) + " has "
                                            + (other
                                                    ? "the suite " + release.suite() + " (" + release.codename()
                                                            + "), not " + snapshot.suite()
                                                    : "a Release file of " + release.date() + ", after "
                                                            + date.stamp()))
                            .fix("correct the address in <snapshots>, or <snapshotDate>"));
        }
        try {
            return new SignedRelease(snapshot, release, signer, document.keep(store));
        } catch (IOException e) {
            throw FindingException.environment(
                    Finding.error("RB218", "cannot keep " + ReleaseFiles.what(snapshot) + ": " + e.getMessage())
                            .fix("see that the store's disk has room and can be written"),
                    e);
        }
    }

    private ClearSigned fetch(Repository snapshot, Release today) {
        try {
            return files.served(snapshot);
        } catch (FindingException e) {
            if (e.findings().stream().anyMatch(finding -> finding.id().equals("RB204"))) {
                throw input(
                        snapshot,
                        Finding.error(
                                        "RB257",
                                        "there is no snapshot of " + snapshot.suite() + " at "
                                                + Location.show(snapshot.root()))
                                .fix(
                                        snapshots.isOfDays(today.origin(), today.label())
                                                ? "its service has some days only: take one that "
                                                        + Location.show(
                                                                snapshot.root().resolve("../../")) + " lists"
                                                : "the service may not go back so far: take a later <snapshotDate>"));
            }
            throw e;
        }
    }

    private Signer signer(Repository snapshot, ClearSigned document) {
        SignatureCheck check = PastRelease.then(snapshot, snapshot.source().keyring(), document);
        if (check.signer().isPresent()) {
            return check.signer().get();
        }
        SignatureCheck own = PastRelease.then(snapshot, snapshots.keyring(), document);
        return own.signer()
                .orElseThrow(() -> input(
                        snapshot,
                        Finding.error("RB258", gravest(check, own).message())
                                .fix(
                                        "a snapshot service may sign with a key of its own, as that of ROS does: put that key's file"
                                                + " into <keyrings>")));
    }

    /** Ids rise with how little they say about the text. */
    private static Finding gravest(SignatureCheck first, SignatureCheck second) {
        return Stream.of(first, second)
                .flatMap(check -> check.problems().stream())
                .min(Comparator.comparing(Finding::id))
                .orElseGet(() -> Finding.error("RB204", "the snapshot is not signed"));
    }

    private static FindingException input(Repository repository, Finding finding) {
        return FindingException.input(repository.source().place(finding));
    }
}
