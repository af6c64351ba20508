package io.rosbalena.signing;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import io.rosbalena.store.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The private key with which this machine signs. It has no text form. */
public final class SigningKey {
    /** A key has some 120 bytes. */
    private static final int LARGEST = 10_000;

    private static final String FIX = "make one with openssl genpkey -algorithm ed25519 -out cache-key.pem, and let"
            + " -Drosbalena.cacheSigningKey name that file";

    private static final Set<PosixFilePermission> OTHERS =
            Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);

    private final PrivateKey key;
    private final Digest name;

    private SigningKey(PrivateKey key, Digest name) {
        this.key = key;
        this.name = name;
    }

    /**
     * Reads a key as {@code openssl genpkey -algorithm ed25519} writes it.
     *
     * @param trusted must have the public half
     * @param warn is told if others may read the file (RB346)
     * @throws FindingException RB345 if there is no such key, RB347 if its public half is not among the trusted ones
     */
    public static SigningKey read(Path file, TrustedKeys trusted, Consumer<Finding> warn) {
        PrivateKey key = key(text(file), file);
        byte[] probe = "whose public half is this?".getBytes(StandardCharsets.UTF_8);
        Optional<Digest> name = trusted.signer(probe, sign(key, probe));
        if (name.isEmpty()) {
            throw FindingException.input(Finding.error(
                            "RB347",
                            "the public half of the key in " + show(file) + " is not in <cacheKeys>: nobody would take"
                                    + " what it signs")
                    .at("pom.xml")
                    .fix("add to <cacheKeys> what openssl pkey -in " + show(file) + " -pubout prints"));
        }
        if (isReadByOthers(file)) {
            warn.accept(Finding.warning("RB346", "others may read the signing key " + show(file))
                    .fix("run chmod 600 " + show(file) + "; if others did read it, use another key"));
        }
        return new SigningKey(key, name.get());
    }

    private static String text(Path file) {
        try {
            if (Files.size(file) > LARGEST) {
                throw problem(show(file) + " holds no Ed25519 private key");
            }
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw problem("the file " + show(file) + " of the signing key cannot be read ("
                    + e.getClass().getSimpleName() + ")");
        }
    }

    private static PrivateKey key(String text, Path file) {
        Optional<Pem> pem = Pem.parse(text);
        if (pem.isPresent() && pem.get().label().startsWith("ENCRYPTED")) {
            throw problem("the key in " + show(file) + " is encrypted, and nobody is asked for its password");
        }
        if (pem.isEmpty() || !pem.get().label().equals("PRIVATE KEY")) {
            throw problem(show(file) + " holds no Ed25519 private key");
        }
        try {
            return KeyFactory.getInstance(TrustedKeys.ED25519)
                    .generatePrivate(new PKCS8EncodedKeySpec(pem.get().bytes()));
        } catch (InvalidKeySpecException e) {
            // Not as the cause: nothing of the key shall be printed, whatever the provider puts into its messages.
            throw problem(show(file) + " holds no Ed25519 private key");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Java 15 and later has Ed25519 (JEP 339)");
        }
    }

    private static FindingException problem(String message) {
        return FindingException.input(Finding.error("RB345", message).fix(FIX));
    }

    /** The name, unless somebody wrote the key itself where its file belongs. */
    private static String show(Path file) {
        String name = file.toString();
        // How the base64 of every such key begins: its DER does not differ before the key's own bytes (RFC 8410).
        return name.contains("BEGIN") || name.contains("AwBQYDK2VwBCIEI") ? "<not shown>" : name;
    }

    private static boolean isReadByOthers(Path file) {
        try {
            return !Collections.disjoint(Files.getPosixFilePermissions(file), OTHERS);
        } catch (IOException | UnsupportedOperationException e) {
            // A file system without these permissions has nothing to say about it.
            return false;
        }
    }

    /** What the public half is known by. */
    public Digest name() {
        return name;
    }

    /** 64 bytes; the same for the same bytes (RFC 8032). */
    public byte[] sign(byte[] bytes) {
        return sign(key, bytes);
    }

    private static byte[] sign(PrivateKey key, byte[] bytes) {
        try {
            Signature signing = Signature.getInstance(TrustedKeys.ED25519);
            signing.initSign(key);
            signing.update(bytes);
            return signing.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Java 15 and later has Ed25519 (JEP 339)", e);
        }
    }
}
