package io.rosbalena.apt.index;

import io.rosbalena.apt.source.AptSource;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.transfer.Location;
import io.rosbalena.transfer.NotFoundException;
import io.rosbalena.transfer.OfflineException;
import io.rosbalena.transfer.Transfer;
import io.rosbalena.transfer.TransferException;
import io.rosbalena.transfer.TransferFinding;
import java.io.IOException;
import java.io.InterruptedIOException;

/** Fetches Release files in all their forms; believes nothing. */
final class ReleaseFiles {
    /** The largest Release files are those of Ubuntu, below 1 MB. */
    private static final long LIMIT = 32L << 20;

    private final Transfer transfer;
    private final ArchiveRules rules;
    private final String architecture;

    /** Fetches by these rules; only the Release file of an unsigned archive may depend on the architecture. */
    ReleaseFiles(Transfer transfer, ArchiveRules rules, String architecture) {
        this.transfer = transfer;
        this.rules = rules;
        this.architecture = architecture;
    }

    /** How messages call a suite's file. */
    static String what(Repository repository) {
        return "the Release file of " + repository;
    }

    /** How a user allows an archive to be unsigned. */
    static String allowing(Repository repository) {
        return "<allowUnsigned>" + Location.show(repository.root()) + "</allowUnsigned>";
    }

    /**
     * A suite's Release file as it is served.
     *
     * @throws FindingException with one finding, if it cannot be had
     */
    ClearSigned served(Repository repository) {
        try {
            return fetch(repository);
        } catch (IOException e) {
            throw failure(repository, e);
        }
    }

    /**
     * The same.
     *
     * @throws IOException if it cannot be had; {@link #failure} tells of it
     */
    ClearSigned fetch(Repository repository) throws IOException {
        try {
            return ClearSigned.inRelease(transfer.read(repository.file("InRelease"), LIMIT));
        } catch (NotFoundException e) {
            return rules.allowsUnsigned(repository) ? perhapsUnsigned(repository) : detached(repository);
        }
    }

    /** Why a file cannot be had. */
    static FindingException failure(Repository repository, IOException e) {
        AptSource source = repository.source();
        if (e instanceof NotFoundException) {
            return input(
                    source,
                    Finding.error("RB204", repository + " has no signed Release file: " + e.getMessage())
                            .fix("check the URI and the suite; an archive without signature must be allowed: "
                                    + allowing(repository)));
        }
        if (e instanceof TransferException || e instanceof OfflineException || e instanceof InterruptedIOException) {
            return FindingException.environment(
                    source.place(TransferFinding.of(what(repository), repository.file("InRelease"), e)), e);
        }
        return unreadable(repository, e);
    }

    /** Whether an archive said nothing, rather than something wrong. */
    static boolean isSilence(IOException cause) {
        return cause instanceof NotFoundException
                || cause instanceof OfflineException
                || (cause instanceof TransferException transfer
                        && transfer.kind() != TransferException.Kind.SIZE
                        && transfer.kind() != TransferException.Kind.ADDRESS);
    }

    private ClearSigned detached(Repository repository) throws IOException {
        byte[] release = transfer.read(repository.file("Release"), LIMIT);
        return ClearSigned.detached(release, transfer.read(repository.file("Release.gpg"), LIMIT));
    }

    private ClearSigned perhapsUnsigned(Repository repository) throws IOException {
        byte[] release;
        try {
            release = transfer.read(repository.file("Release"), LIMIT);
        } catch (NotFoundException e) {
            return ClearSigned.unsigned(MadeRelease.make(repository, architecture, transfer, ""));
        }
        try {
            return ClearSigned.detached(release, transfer.read(repository.file("Release.gpg"), LIMIT));
        } catch (NotFoundException e) {
            return ClearSigned.unsigned(release);
        }
    }

    /** An archive that may be unsigned may also list its indexes by sums that no longer prove anything. */
    ClearSigned withSums(Repository repository, ClearSigned document) {
        if (Release.hasSums(document.text())) {
            return document;
        }
        try {
            return ClearSigned.unsigned(MadeRelease.make(repository, architecture, transfer, document.text()));
        } catch (TransferException | OfflineException | InterruptedIOException e) {
            throw FindingException.environment(
                    repository.source().place(TransferFinding.of(what(repository), repository.file("Release"), e)), e);
        } catch (IOException | IllegalArgumentException e) {
            throw unreadable(repository, e);
        }
    }

    /**
     * What a file says.
     *
     * @throws FindingException RB205 if it is no Release file
     */
    static Release parse(Repository repository, ClearSigned document) {
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

    private static FindingException input(AptSource source, Finding finding) {
        return FindingException.input(source.place(finding));
    }
}
