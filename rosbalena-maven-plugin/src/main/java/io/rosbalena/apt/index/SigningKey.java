package io.rosbalena.apt.index;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.bcpg.sig.KeyFlags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureList;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentVerifierBuilderProvider;

/**
 * A primary key or subkey that may have made a signature, judged by the self-signatures on it (RFC 9580 section 5.2.3.10).
 *
 * @param ring the certificate, whose first key is the primary one
 * @param key the key itself
 */
record SigningKey(PGPPublicKeyRing ring, PGPPublicKey key) {
    private static final BcPGPContentVerifierBuilderProvider VERIFIER = new BcPGPContentVerifierBuilderProvider();

    private PGPPublicKey primary() {
        return ring.getPublicKey();
    }

    private boolean isPrimary() {
        return key.getKeyID() == primary().getKeyID();
    }

    /** Fingerprint of the primary key, upper-case hex: what {@code Signed-By} and the lock name. */
    String fingerprint() {
        return hex(primary());
    }

    /** Whether a {@code Signed-By} fingerprint means this key; an exclamation mark asks for exactly the (sub)key. */
    boolean matches(String wanted) {
        if (wanted.endsWith("!")) {
            return hex(key).endsWith(wanted.substring(0, wanted.length() - 1));
        }
        return hex(key).endsWith(wanted) || hex(primary()).endsWith(wanted);
    }

    private static String hex(PGPPublicKey key) {
        return HexFormat.of().formatHex(key.getFingerprint()).toUpperCase(Locale.ROOT);
    }

    /** The first user id, for messages. */
    String owner() {
        Iterator<String> ids = primary().getUserIDs();
        return ids.hasNext() ? ids.next() : "without name";
    }

    /** Whether the key is too weak to trust: RSA below 2048 bits, DSA. */
    boolean isWeak() {
        return switch (key.getAlgorithm()) {
            case PublicKeyAlgorithmTags.RSA_GENERAL -> key.getBitStrength() < 2048;
            case PublicKeyAlgorithmTags.ECDSA,
                    PublicKeyAlgorithmTags.EDDSA_LEGACY,
                    PublicKeyAlgorithmTags.Ed25519,
                    PublicKeyAlgorithmTags.Ed448 -> false;
            default -> true;
        };
    }

    /** Whether the primary key says that this key is its own and may sign, and a subkey says so, too. */
    boolean maySign() throws PGPException {
        if (isPrimary()) {
            return newestSelfSignature().map(SigningKey::allowsSigning).orElse(false);
        }
        Optional<PGPSignature> binding = newestBinding();
        return binding.isPresent() && allowsSigning(binding.get()) && isConfirmedBySubkey(binding.get());
    }

    private static boolean allowsSigning(PGPSignature signature) {
        int flags = signature.getHashedSubPackets().getKeyFlags();
        return flags == 0 || (flags & KeyFlags.SIGN_DATA) != 0;
    }

    /** A subkey must sign its primary key in turn, or anybody could adopt it (RFC 9580 section 5.2.1.9). */
    private boolean isConfirmedBySubkey(PGPSignature binding) throws PGPException {
        PGPSignatureList embedded = binding.getHashedSubPackets().getEmbeddedSignatures();
        if (embedded.isEmpty()) {
            embedded = binding.getUnhashedSubPackets().getEmbeddedSignatures();
        }
        for (PGPSignature signature : embedded) {
            if (signature.getSignatureType() == PGPSignature.PRIMARYKEY_BINDING) {
                signature.init(VERIFIER, key);
                if (signature.verifyCertification(primary(), key)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether the primary key revoked itself or this subkey. */
    boolean isRevoked() throws PGPException {
        for (PGPSignature signature : made(primary(), PGPSignature.KEY_REVOCATION)) {
            if (signature.verifyCertification(primary())) {
                return true;
            }
        }
        if (!isPrimary()) {
            for (PGPSignature signature : made(key, PGPSignature.SUBKEY_REVOCATION)) {
                if (signature.verifyCertification(primary(), key)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** When the key or its primary key ends, whichever is first; empty if neither does. */
    Optional<Instant> expires() throws PGPException {
        Optional<Instant> own = newestSelfSignature().flatMap(signature -> end(primary(), signature));
        if (isPrimary()) {
            return own;
        }
        Optional<Instant> subkey = newestBinding().flatMap(signature -> end(key, signature));
        return own.isPresent() && subkey.isPresent()
                ? Optional.of(own.get().isBefore(subkey.get()) ? own.get() : subkey.get())
                : own.or(() -> subkey);
    }

    private static Optional<Instant> end(PGPPublicKey key, PGPSignature signature) {
        long seconds = signature.getHashedSubPackets().getKeyExpirationTime();
        return seconds == 0
                ? Optional.empty()
                : Optional.of(key.getCreationTime().toInstant().plusSeconds(seconds));
    }

    private Optional<PGPSignature> newestBinding() throws PGPException {
        List<PGPSignature> valid = new ArrayList<>();
        for (PGPSignature signature : made(key, PGPSignature.SUBKEY_BINDING)) {
            if (signature.verifyCertification(primary(), key)) {
                valid.add(signature);
            }
        }
        return newest(valid);
    }

    private Optional<PGPSignature> newestSelfSignature() throws PGPException {
        List<PGPSignature> valid = new ArrayList<>();
        for (PGPSignature signature : made(primary(), PGPSignature.DIRECT_KEY)) {
            if (signature.verifyCertification(primary())) {
                valid.add(signature);
            }
        }
        Iterator<byte[]> ids = primary().getRawUserIDs();
        while (ids.hasNext()) {
            byte[] id = ids.next();
            Iterator<PGPSignature> signatures = primary().getSignaturesForID(id);
            while (signatures != null && signatures.hasNext()) {
                PGPSignature signature = signatures.next();
                if (signature.isCertification()
                        && signature.getKeyID() == primary().getKeyID()) {
                    signature.init(VERIFIER, primary());
                    if (signature.verifyCertification(id, primary())) {
                        valid.add(signature);
                    }
                }
            }
        }
        return newest(valid);
    }

    private List<PGPSignature> made(PGPPublicKey on, int type) throws PGPException {
        List<PGPSignature> list = new ArrayList<>();
        Iterator<PGPSignature> signatures = on.getSignaturesOfType(type);
        while (signatures.hasNext()) {
            PGPSignature signature = signatures.next();
            if (signature.getKeyID() == primary().getKeyID()) {
                signature.init(VERIFIER, primary());
                list.add(signature);
            }
        }
        return list;
    }

    private static Optional<PGPSignature> newest(List<PGPSignature> signatures) {
        return signatures.stream().max(Comparator.comparing(PGPSignature::getCreationTime));
    }
}
