package io.rosbalena.apt.index;

import io.rosbalena.apt.source.Keyring;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPUtil;
import org.bouncycastle.openpgp.bc.BcPGPObjectFactory;

/** The keys of a keyring, read from binary or armoured OpenPGP files. */
final class TrustedKeys {
    private static final String BEGIN = "-----BEGIN PGP PUBLIC KEY BLOCK-----";
    private static final int KEYBOX_MAGIC_AT = 8;

    private final List<PGPPublicKeyRing> rings;
    private final List<String> fingerprints;

    private TrustedKeys(List<PGPPublicKeyRing> rings, List<String> fingerprints) {
        this.rings = rings;
        this.fingerprints = fingerprints;
    }

    /**
     * Reads all files of a keyring.
     *
     * @throws IOException if a file does not hold OpenPGP public keys
     */
    static TrustedKeys read(Keyring keyring) throws IOException {
        List<PGPPublicKeyRing> rings = new ArrayList<>();
        for (Keyring.KeyFile file : keyring.files()) {
            byte[] bytes = file.content().bytes();
            if (bytes.length > KEYBOX_MAGIC_AT + 4
                    && new String(bytes, KEYBOX_MAGIC_AT, 4, StandardCharsets.US_ASCII).equals("KBXf")) {
                throw new IOException(file.name() + " is a GnuPG keybox; export its keys with gpg --export");
            }
            try {
                for (byte[] block : blocks(bytes)) {
                    read(block, rings);
                }
            } catch (IOException | RuntimeException e) {
                throw new IOException(file.name() + " does not hold OpenPGP public keys", e);
            }
        }
        return new TrustedKeys(List.copyOf(rings), keyring.fingerprints());
    }

    /** An armoured file may hold several blocks one after the other; a binary file is one. */
    private static List<byte[]> blocks(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        if (!text.contains(BEGIN)) {
            return bytes.length == 0 ? List.of() : List.of(bytes);
        }
        List<byte[]> blocks = new ArrayList<>();
        for (int at = text.indexOf(BEGIN); at >= 0; ) {
            int next = text.indexOf(BEGIN, at + 1);
            blocks.add(text.substring(at, next < 0 ? text.length() : next).getBytes(StandardCharsets.ISO_8859_1));
            at = next;
        }
        return blocks;
    }

    private static void read(byte[] block, List<PGPPublicKeyRing> rings) throws IOException {
        try (InputStream in = PGPUtil.getDecoderStream(new ByteArrayInputStream(block))) {
            BcPGPObjectFactory packets = new BcPGPObjectFactory(in);
            Object packet;
            while ((packet = packets.nextObject()) != null) {
                if (packet instanceof PGPPublicKeyRing ring) {
                    rings.add(ring);
                }
            }
        }
    }

    /** The keys that a signature's key id can mean and that the source allows. */
    List<SigningKey> of(PGPSignature signature) {
        List<SigningKey> keys = new ArrayList<>();
        for (PGPPublicKeyRing ring : rings) {
            PGPPublicKey key = ring.getPublicKey(signature.getKeyID());
            if (key != null) {
                SigningKey candidate = new SigningKey(ring, key);
                if (fingerprints.isEmpty() || fingerprints.stream().anyMatch(candidate::matches)) {
                    keys.add(candidate);
                }
            }
        }
        return keys;
    }

    /** Fingerprints of all primary keys. */
    List<String> primaries() {
        return rings.stream()
                .map(ring -> new SigningKey(ring, ring.getPublicKey()).fingerprint())
                .toList();
    }

    /** What is trusted, for messages. */
    String describe() throws PGPException {
        if (rings.isEmpty()) {
            return "no key at all";
        }
        return rings.stream()
                .map(ring -> new SigningKey(ring, ring.getPublicKey()))
                .map(key -> key.fingerprint() + " (" + key.owner() + ")")
                .distinct()
                .collect(Collectors.joining(", "));
    }
}
