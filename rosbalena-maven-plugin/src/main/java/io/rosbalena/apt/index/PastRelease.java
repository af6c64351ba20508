package io.rosbalena.apt.index;

import io.rosbalena.apt.source.AptSource;
import io.rosbalena.apt.source.Keyring;
import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/**
 * Judges Release files that are known to be of the past, of a lock or of a snapshot: by keys as they were when the file was
 * signed.
 */
final class PastRelease {
    /** A moment that no key has ended before. */
    private static final Instant BEFORE_ALL_KEYS = Instant.EPOCH;

    private PastRelease() {}

    /**
     * The keys that a keyring holds.
     *
     * @throws FindingException RB201 if it holds none
     */
    static TrustedKeys keys(AptSource source, Keyring keyring) {
        try {
            return TrustedKeys.read(keyring);
        } catch (IOException e) {
            throw FindingException.input(
                    source.place(Finding.error("RB201", "cannot use the keyring: " + e.getMessage())
                            .fix("Signed-By takes a binary or armoured OpenPGP public key")));
        }
    }

    /** The signatures of a document, judged by when each was made. */
    static SignatureCheck then(Repository repository, Keyring keyring, ClearSigned document) {
        return check(repository, keyring, document, Optional.empty());
    }

    /** The signatures of a document, where it does not matter whether their keys have ended. */
    static SignatureCheck ever(Repository repository, ClearSigned document) {
        return check(repository, repository.source().keyring(), document, Optional.of(BEFORE_ALL_KEYS));
    }

    private static SignatureCheck check(
            Repository repository, Keyring keyring, ClearSigned document, Optional<Instant> moment) {
        return new SignatureCheck(document, keys(repository.source(), keyring), moment, ReleaseFiles.what(repository));
    }

    /**
     * Who signed a document.
     *
     * @throws FindingException with what is wrong with its signatures
     */
    static Signer signer(Repository repository, SignatureCheck check) {
        return check.signer()
                .orElseThrow(() -> FindingException.input(repository
                        .source()
                        .place(
                                check.problems().isEmpty()
                                        ? Finding.error("RB204", ReleaseFiles.what(repository) + " is not signed")
                                                .fix("use another mirror")
                                        : check.problem())));
    }
}
