package io.rosbalena.apt.index;

import io.rosbalena.store.BlobStore;
import io.rosbalena.store.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.bcpg.ArmoredInputStream;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureList;
import org.bouncycastle.openpgp.bc.BcPGPObjectFactory;

/**
 * A text and the signatures that claim to be over it: an {@code InRelease} (cleartext signature framework, RFC 9580
 * section 7), or a {@code Release} with its {@code Release.gpg}, or, where that is allowed, a {@code Release} alone.
 * Nothing before, between or after the parts is accepted, so that what is read is exactly what was signed.
 */
final class ClearSigned {
    private static final String BEGIN_MESSAGE = "-----BEGIN PGP SIGNED MESSAGE-----";
    private static final String BEGIN_SIGNATURE = "-----BEGIN PGP SIGNATURE-----";
    private static final String END_SIGNATURE = "-----END PGP SIGNATURE-----";

    private final byte[] file;
    private final String text;
    private final byte[] binary;
    private final List<PGPSignature> signatures;

    private ClearSigned(byte[] file, String text, byte[] binary, List<PGPSignature> signatures) {
        this.file = file;
        this.text = text;
        this.binary = binary;
        this.signatures = List.copyOf(signatures);
    }

    /**
     * Takes an {@code InRelease} apart.
     *
     * @throws IOException if it is not exactly one clear-signed message
     */
    static ClearSigned inRelease(byte[] file) throws IOException {
        List<String> lines = List.of(utf8(file).split("\r?\n", -1));
        int begin = lines.indexOf(BEGIN_SIGNATURE);
        int blank = lines.indexOf("");
        int end = lines.indexOf(END_SIGNATURE);
        if (!lines.get(0).equals(BEGIN_MESSAGE) || begin < 0 || blank < 0 || blank > begin || end < begin) {
            throw new IOException("it is not a clear-signed message");
        }
        if (!lines.subList(1, blank).stream().allMatch(line -> line.startsWith("Hash: "))
                || !lines.subList(end + 1, lines.size()).stream().allMatch(String::isEmpty)) {
            throw new IOException("it has text outside its signed part");
        }
        List<String> body = new ArrayList<>();
        for (String line : lines.subList(blank + 1, begin)) {
            if (line.startsWith("-") && !line.startsWith("- ")) {
                throw new IOException("its signed part has a line that starts with a dash");
            }
            body.add((line.startsWith("- ") ? line.substring(2) : line).stripTrailing());
        }
        String armour = String.join("\n", lines.subList(begin, end + 1)) + "\n";
        return new ClearSigned(
                file, String.join("\n", body), new byte[0], signatures(armour.getBytes(StandardCharsets.US_ASCII)));
    }

    /**
     * A {@code Release} and its {@code Release.gpg}, which are kept as one file, one behind the other.
     *
     * @throws IOException if the second holds no signatures
     */
    static ClearSigned detached(byte[] release, byte[] signature) throws IOException {
        String armour = new String(signature, StandardCharsets.ISO_8859_1);
        if (!armour.startsWith(BEGIN_SIGNATURE) || signatureAt(release) >= 0) {
            throw new IOException("its signature is malformed");
        }
        byte[] both = Arrays.copyOf(release, release.length + signature.length);
        System.arraycopy(signature, 0, both, release.length, signature.length);
        return new ClearSigned(both, utf8(release), release, signatures(signature));
    }

    /**
     * Takes apart what {@link #keep} stored.
     *
     * @throws IOException if it is none of the three forms
     */
    static ClearSigned kept(byte[] file) throws IOException {
        if (new String(file, StandardCharsets.ISO_8859_1).startsWith(BEGIN_MESSAGE)) {
            return inRelease(file);
        }
        int at = signatureAt(file);
        return at < 0 ? unsigned(file) : detached(Arrays.copyOf(file, at), Arrays.copyOfRange(file, at, file.length));
    }

    private static int signatureAt(byte[] file) {
        return new String(file, StandardCharsets.ISO_8859_1).indexOf(BEGIN_SIGNATURE);
    }

    /** A {@code Release} that nobody signed. */
    static ClearSigned unsigned(byte[] release) {
        return new ClearSigned(release, utf8(release), release, List.of());
    }

    private static String utf8(byte[] file) {
        return new String(file, StandardCharsets.UTF_8);
    }

    private static List<PGPSignature> signatures(byte[] armour) throws IOException {
        List<PGPSignature> found = new ArrayList<>();
        try (ArmoredInputStream in = new ArmoredInputStream(new ByteArrayInputStream(armour))) {
            BcPGPObjectFactory packets = new BcPGPObjectFactory(in);
            Object packet;
            while ((packet = packets.nextObject()) != null) {
                if (packet instanceof PGPSignatureList list) {
                    list.forEach(found::add);
                }
            }
        } catch (RuntimeException e) {
            throw new IOException("its signature is malformed", e);
        }
        if (found.isEmpty()) {
            throw new IOException("it holds no signature");
        }
        return found;
    }

    /** What {@link #keep} gives, without storing. */
    Digest digest() {
        return Digest.of(file);
    }

    /** Stores the file that was taken apart. */
    Digest keep(BlobStore store) throws IOException {
        return store.put(file);
    }

    /** The signed text. */
    String text() {
        return text;
    }

    List<PGPSignature> signatures() {
        return signatures;
    }

    /** Whether a signature, already given its key, is over this text (RFC 9580 section 5.2.1). */
    boolean isSignedBy(PGPSignature signature) throws PGPException {
        if (signature.getSignatureType() == PGPSignature.CANONICAL_TEXT_DOCUMENT) {
            signature.update(text.replace("\r\n", "\n").replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
        } else if (signature.getSignatureType() == PGPSignature.BINARY_DOCUMENT && binary.length > 0) {
            signature.update(binary);
        } else {
            return false;
        }
        return signature.verify();
    }
}
