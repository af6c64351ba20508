package io.rosbalena.signing;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.Findings;
import io.rosbalena.store.Digest;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Public keys that a user named. A key is known by the SHA-256 of its {@code SubjectPublicKeyInfo} (RFC 8410). */
public final class TrustedKeys {
    static final String ED25519 = "Ed25519";

    private final SortedMap<Digest, PublicKey> keys;

    private TrustedKeys(SortedMap<Digest, PublicKey> keys) {
        this.keys = keys;
    }

    /**
     * Reads keys as {@code openssl pkey -pubout} writes them, with or without the lines round them.
     *
     * @throws io.rosbalena.finding.FindingException RB344 with each text that is no such key; the text is not shown, since
     *     it may be a private key by mistake
     */
    public static TrustedKeys parse(List<String> texts) {
        Findings findings = new Findings();
        SortedMap<Digest, PublicKey> keys = new TreeMap<>();
        for (int i = 0; i < texts.size(); i++) {
            Optional<Pem> pem = Pem.parse(texts.get(i));
            Optional<PublicKey> key = pem.flatMap(TrustedKeys::key);
            if (key.isPresent()) {
                keys.put(Digest.of(pem.get().bytes()), key.get());
            } else {
                findings.add(problem(i + 1, pem.isPresent() && pem.get().label().contains("PRIVATE")));
            }
        }
        findings.throwIfErrors();
        return new TrustedKeys(keys);
    }

    private static Finding problem(int place, boolean isPrivate) {
        return Finding.error(
                        "RB344",
                        "number " + place + " of <cacheKeys> is no Ed25519 public key"
                                + (isPrivate ? ", but a private key, which everybody who reads the POM now has" : ""))
                .at("pom.xml")
                .fix((isPrivate ? "do not use that key any more; make another one with" : "make a key with")
                        + " openssl genpkey -algorithm ed25519 -out cache-key.pem, and write what"
                        + " openssl pkey -in cache-key.pem -pubout prints");
    }

    private static Optional<PublicKey> key(Pem pem) {
        try {
            return Optional.of(KeyFactory.getInstance(ED25519).generatePublic(new X509EncodedKeySpec(pem.bytes())));
        } catch (InvalidKeySpecException e) {
            return Optional.empty();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Java 15 and later has Ed25519 (JEP 339)", e);
        }
    }

    /** What these keys are known by. */
    public List<Digest> names() {
        return List.copyOf(keys.keySet());
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return keys.isEmpty();
    }

    /** Which of the keys has signed these bytes; empty if none of them has. */
    public Optional<Digest> signer(byte[] bytes, byte[] signature) {
        for (Map.Entry<Digest, PublicKey> key : keys.entrySet()) {
            if (hasSigned(key.getValue(), bytes, signature)) {
                return Optional.of(key.getKey());
            }
        }
        return Optional.empty();
    }

    private static boolean hasSigned(PublicKey key, byte[] bytes, byte[] signature) {
        try {
            Signature verifying = Signature.getInstance(ED25519);
            verifying.initVerify(key);
            verifying.update(bytes);
            return verifying.verify(signature);
        } catch (SignatureException | InvalidKeyException e) {
            // Not even the form of a signature, or a key that is no point of the curve.
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
