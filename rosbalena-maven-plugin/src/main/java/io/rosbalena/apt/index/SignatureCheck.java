package io.rosbalena.apt.index;

import io.rosbalena.finding.Finding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentVerifierBuilderProvider;

/**
 * Finds a trusted signature on a Release file. One good signature is enough: archives sign with old and new keys side by
 * side. Without a good one, the finding tells the gravest of what was wrong with the others.
 */
final class SignatureCheck {
    private static final BcPGPContentVerifierBuilderProvider VERIFIER = new BcPGPContentVerifierBuilderProvider();
    private static final String ASK = "get the archive's present key from its maintainers and name it in Signed-By";

    private final ClearSigned document;
    private final TrustedKeys keys;
    private final Optional<Instant> moment;
    private final String what;
    private final List<Signer> good = new ArrayList<>();
    private final List<Finding> problems = new ArrayList<>();

    /**
     * Checks a document against keys.
     *
     * @param moment when keys and signatures must not have ended; empty: when each signature was made, for what is known
     *     to be of the past
     * @param what names the document in messages
     */
    SignatureCheck(ClearSigned document, TrustedKeys keys, Optional<Instant> moment, String what) {
        this.document = document;
        this.keys = keys;
        this.moment = moment;
        this.what = what;
        for (PGPSignature signature : document.signatures()) {
            judge(signature);
        }
    }

    /** Whether a key of this fingerprint made one of the good signatures. */
    boolean isBy(String fingerprint) {
        return good.stream().anyMatch(signer -> signer.fingerprint().equals(fingerprint));
    }

    /** The good signature whose key lasts longest. */
    Optional<Signer> signer() {
        return good.stream()
                .max(Comparator.comparing((Signer signer) -> signer.expires().orElse(Instant.MAX))
                        .thenComparing(Signer::fingerprint));
    }

    /** Why there is no good signature: ids rise with how little they say about this text, so the smallest is told. */
    Finding problem() {
        return problems.stream().min(Comparator.comparing(Finding::id)).orElseThrow();
    }

    /** What is wrong with the signatures that are not good; none for a document without signatures. */
    List<Finding> problems() {
        return List.copyOf(problems);
    }

    private void judge(PGPSignature signature) {
        List<SigningKey> candidates = keys.of(signature);
        try {
            if (candidates.isEmpty()) {
                problems.add(Finding.error(
                                "RB210",
                                what + " is signed by the key " + hex(signature.getKeyID())
                                        + ", which this source does not trust; it trusts " + keys.describe())
                        .fix(ASK));
            }
            for (SigningKey key : candidates) {
                judge(signature, key);
            }
        } catch (PGPException | RuntimeException e) {
            problems.add(Finding.error("RB211", what + " has a signature that cannot be checked: " + e.getMessage())
                    .fix("ask the maintainers of the archive for a signature with SHA-256 or SHA-512"));
        }
    }

    private void judge(PGPSignature signature, SigningKey key) throws PGPException {
        Instant now = moment.orElse(signature.getCreationTime().toInstant());
        String who = key.fingerprint() + " (" + key.owner() + ")";
        signature.init(VERIFIER, key.key());
        Optional<Instant> expires = key.expires();
        Optional<Instant> signatureEnds = end(signature);
        if (!isStrong(signature.getHashAlgorithm()) || key.isWeak()) {
            problems.add(
                    Finding.error("RB209", what + " is signed by " + who + " with a method that is too weak")
                            .fix(
                                    "ask the maintainers of the archive for a signature with SHA-256 or SHA-512 by a key of today"));
        } else if (!document.isSignedBy(signature)) {
            problems.add(Finding.error(
                            "RB206",
                            what + " does not match its signature by " + who
                                    + ": it was changed after it was signed, or broke on the way")
                    .fix("try again, or use another mirror; if it stays so, do not trust this mirror"));
        } else if (key.isRevoked()) {
            problems.add(Finding.error("RB207", what + " is signed by " + who + ", a key that was revoked")
                    .fix(ASK));
        } else if (expires.isPresent() && !now.isBefore(expires.get())) {
            problems.add(
                    Finding.error("RB208", what + " is signed by " + who + ", a key that expired on " + expires.get())
                            .fix(ASK));
        } else if (signatureEnds.isPresent() && !now.isBefore(signatureEnds.get())) {
            problems.add(Finding.error("RB208", what + " has a signature that expired on " + signatureEnds.get())
                    .fix("use another mirror, or ask the maintainers of the archive to sign it again"));
        } else if (!key.maySign()) {
            problems.add(Finding.error("RB209", what + " is signed by " + who + " with a key that is not meant to sign")
                    .fix(ASK));
        } else {
            good.add(new Signer(key.fingerprint(), expires));
        }
    }

    private static Optional<Instant> end(PGPSignature signature) {
        long seconds = signature.getHashedSubPackets().getSignatureExpirationTime();
        return seconds == 0
                ? Optional.empty()
                : Optional.of(signature.getCreationTime().toInstant().plusSeconds(seconds));
    }

    private static boolean isStrong(int hash) {
        return hash == HashAlgorithmTags.SHA256 || hash == HashAlgorithmTags.SHA384 || hash == HashAlgorithmTags.SHA512;
    }

    private static String hex(long keyId) {
        return String.format(Locale.ROOT, "%016X", keyId);
    }
}
